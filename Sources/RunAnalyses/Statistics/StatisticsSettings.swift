package import Runs
package import Analyses

/// How intervals, tests and the link between topology and accuracy are computed.
public struct StatisticsSettings: Sendable, Equatable {
  /// How often a bootstrap draws again.
  public var replicates: Int
  /// How often a test permutes.
  public var permutations: Int
  /// The seed of both, and of the folds.
  public var seed: UInt64
  /// Parts of the images that a temperature is fitted without, where there is no validation split.
  public var folds: Int
  /// Classes whose images were processed alike, by the name of the group.
  public var groups: [Group]
  /// A run directory whose errors corruption errors are relative to; nil for the control, if there is one.
  public var baseline: String?

  /// Classes that go together.
  public struct Group: Sendable, Equatable {
    /// What tables call it.
    public let name: String
    /// Its classes.
    public let classes: [String]
  }

  package init(_ section: ConfigurationSection) throws {
    func count(_ key: String, default fallback: Int, from least: Int) throws -> Int {
      try section.value(
        key, default: fallback, expected: "a whole number from \(least)"
      ) { text in Int(text).flatMap { $0 >= least ? $0 : nil } }
    }
    replicates = try count("replicates", default: 2000, from: 1)
    permutations = try count("permutations", default: 4999, from: 1)
    seed = try section.value("seed", default: 0, expected: ConfigurationSection.wholeNumber) { UInt64($0) }
    folds = try count("folds", default: 5, from: 2)
    baseline = try section.optional("baseline", expected: "a run directory") { $0 }
    let named = try section.section("groups")
    groups = try named.names.map { name in
      let classes = try named.list(name, expected: "class names") { $0.isEmpty ? nil : $0 } ?? []
      return Group(name: name, classes: classes)
    }
    for (index, group) in groups.enumerated() {
      let earlier = groups[..<index].flatMap(\.classes)
      if let twice = group.classes.first(where: earlier.contains) {
        throw named.error(group.name, "names \(twice), which is in another group already")
      }
      if group.name.isEmpty { throw named.error(group.name, "a group needs a name") }
    }
    try named.finish()
    try section.finish()
  }

  /// The settings of an earlier run, by what its manifest says; defaults for what it does not say.
  package init(configuration: [String: String]) {
    func number(_ key: String) -> Int? { configuration["statistics.\(key)"].flatMap { Int($0) } }
    replicates = number("replicates") ?? 2000
    permutations = number("permutations") ?? 4999
    seed = configuration["statistics.seed"].flatMap { UInt64($0) } ?? 0
    folds = number("folds") ?? 5
    groups = []
    baseline = nil
  }

  /// The settings that decide results, for the configuration's digest.
  package var canonicalSettings: [(String, String)] {
    [
      ("statistics.replicates", "\(replicates)"), ("statistics.permutations", "\(permutations)"),
      ("statistics.seed", "\(seed)"), ("statistics.folds", "\(folds)"),
      ("statistics.baseline", baseline ?? ""),
    ] + groups.map { ("statistics.groups.\($0.name)", $0.classes.joined(separator: ",")) }
  }

  /// What is drawn again under a name.
  package func bootstrap(_ name: String) -> Resampling {
    Resampling(name, replicates: replicates, seed: seed)
  }

  /// What is permuted under a name.
  package func permutation(_ name: String) -> Resampling {
    Resampling(name, replicates: permutations, seed: seed)
  }
}
