import Files
package import Runs

/// How the probes are made.
package struct ProbeSettings: DeclaredSettings {
  /// How many nearest neighbours vote, ascending.
  package var neighbors = [1, 5, 20]
  /// The values of C that the linear probe chooses from, ascending.
  package var regularizations: [Double] = [0.1, 1, 10, 100]
  /// Parts of the images that a linear probe is fitted without, where there is no split `train`.
  package var folds = 5
  /// The seed of the folds.
  package var seed: UInt64 = 0

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    Setting("neighbors", "how many nearest neighbours vote: a number, or several") {
      settings, section in
      let counts = try section.list("neighbors", expected: "whole numbers from 1") {
        ConfigurationSection.positive($0)
      }
      if let counts { settings.neighbors = Set(counts).sorted() }
    } canonical: { settings in
      [("neighbors", settings.neighbors.map(String.init).joined(separator: ","))]
    },
    Setting("regularizations", "the values of C that the linear probe chooses from") {
      settings, section in
      let values = try section.list("regularizations", expected: "numbers above 0") { text in
        Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
      }
      if let values { settings.regularizations = Set(values).sorted() }
    } canonical: { settings in
      [("regularizations", settings.regularizations.map(\.shortestText).joined(separator: ","))]
    },
    // One is left out, another chooses C, and the rest train.
    .count(
      "folds", \.folds, from: 3,
      "parts of the images that a linear probe is fitted without, where there is no split train"),
    .seed("seed", \.seed, "the seed of the folds"),
  ]
}
