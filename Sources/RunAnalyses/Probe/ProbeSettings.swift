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
    .counts(
      "neighbors", \.neighbors, in: .neighbors,
      "how many nearest neighbours vote: a number, or several"),
    .numbers(
      "regularizations", \.regularizations, in: .factors,
      "the values of C that the linear probe chooses from"),
    // One is left out, another chooses C, and the rest train.
    .count(
      "folds", \.folds, in: 3...10_000,
      "parts of the images that a linear probe is fitted without, where there is no split train"),
    .seed("seed", \.seed, "the seed of the folds"),
  ]
}
