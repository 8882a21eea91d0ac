package import Analyses
package import Runs

/// How intervals, tests and the link between topology and accuracy are computed.
package struct StatisticsSettings: DeclaredSettings {
  /// How often a bootstrap draws again.
  package var replicates = 2000
  /// How often a test permutes.
  package var permutations = 4999
  /// The seed of both, and of the folds.
  package var seed: UInt64 = 0
  /// Parts of the images that a temperature is fitted without, where there is no validation split.
  package var folds = 5
  /// Classes whose images were processed alike, by the name of the group.
  package var groups: [Group] = []
  /// A run directory whose errors corruption errors are relative to; nil for the control, if there is one.
  package var baseline: String?

  /// Classes that go together.
  package struct Group: Sendable, Equatable {
    /// What tables call it.
    package let name: String
    /// Its classes.
    package let classes: [String]

    /// The text that decides results, by its path below the configuration's root.
    package var setting: (key: String, value: String) {
      ("\(StatisticsAnalysis.name).groups.\(name)", ListText.text(classes))
    }

    /// The groups of a section, a key each.
    ///
    /// - Throws: `RunError.setting` for a class that is in two groups, and a group without a name.
    static func all(_ section: ConfigurationSection) throws -> [Group] {
      let groups = try section.names.map { name in
        let classes =
          try section.list(name, expected: "class names") { $0.isEmpty ? nil : $0 } ?? []
        return Group(name: name, classes: classes)
      }
      for (index, group) in groups.enumerated() {
        let earlier = groups[..<index].flatMap(\.classes)
        if let twice = group.classes.first(where: earlier.contains) {
          throw section.error(group.name, "names \(twice), which is in another group already")
        }
        if group.name.isEmpty { throw section.error(group.name, "a group needs a name") }
      }
      try section.finish()
      return groups
    }
  }

  private static let foldRange = 2...10_000

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    .count("replicates", \.replicates, in: .replicates, "how often a bootstrap draws again"),
    .count("permutations", \.permutations, in: .replicates, "how often a test permutes"),
    .seed("seed", \.seed, "the seed of both, and of the folds"),
    .count(
      "folds", \.folds, in: foldRange,
      "parts of the images that a temperature is fitted without, where there is no validation split"
    ),
    .value(
      "baseline", \.baseline, "a run directory whose errors corruption errors are relative to",
      expected: "a run directory"
    ) {
      .some($0)
    } text: {
      $0 ?? ""
    },
    Setting("groups", "classes whose images were processed alike, by the name of the group") {
      settings, section in
      settings.groups = try Group.all(section.section("groups"))
    } canonical: { settings in
      settings.groups.map { ("groups.\($0.name)", ListText.text($0.classes)) }
    },
  ]

  /// The settings of an earlier run, by what its manifest says; defaults for what it does not say.
  package init(configuration: [String: String]) {
    func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
      configuration["statistics.\(key)"].flatMap(range.number)
    }
    self.init()
    replicates = number("replicates", in: .replicates) ?? replicates
    permutations = number("permutations", in: .replicates) ?? permutations
    seed = configuration["statistics.seed"].flatMap { UInt64($0) } ?? seed
    folds = number("folds", in: Self.foldRange) ?? folds
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
