package import Analyses
import Files
package import Runs

/// How intervals, tests and the link between topology and accuracy are computed.
package struct StatisticsSettings: DeclaredSettings {
  /// How often a bootstrap draws again.
  package var replicates = 2000
  /// How often a test permutes; nil for as often as its p-values need to pass the correction for the number of tests.
  package var permutations: Int?
  /// The measures of change whose link with accuracy was decided on beforehand, to be tested together; all others are
  /// tested by themselves.
  package var primary = [
    "bottleneck_h1", "wasserstein2_h0", "wasserstein2_h1", "wasserstein2_h0_scaled",
    "wasserstein2_h1_scaled", "total_persistence_h0", "total_persistence_h1", "angle",
  ]
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
  /// The most measures that are decided on beforehand.
  private static let mostPrimary = 8

  /// The names of the measures that are tested.
  private static var testedMeasures: Set<String> {
    Set(AnalysisRegistry.measures.filter { $0.family != .reference }.map(\.name))
  }

  /// The primary measures of a section; nil where it names none.
  ///
  /// - Throws: `RunError.setting` for a name that is no measure under test, one that comes twice, and too many.
  private static func primary(_ section: ConfigurationSection) throws -> [String]? {
    let expected = "names of measures, columns of changes.csv that are no references"
    guard
      let names = try section.list("primary", expected: expected, { $0.isEmpty ? nil : $0 })
    else { return nil }
    let known = testedMeasures
    if let other = names.first(where: { !known.contains($0) }) {
      let suggestion = other.nearest(of: known.sorted()).map { "; did you mean \($0)?" } ?? ""
      throw section.error("primary", "\(other) is no measure that is tested\(suggestion)")
    }
    guard Set(names).count == names.count else {
      throw section.error("primary", "names a measure twice")
    }
    guard names.count <= mostPrimary else {
      throw section.error("primary", "has \(names.count) measures; expected at most \(mostPrimary)")
    }
    return names
  }

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    .count("replicates", \.replicates, in: .replicates, "how often a bootstrap draws again"),
    .optionalCount(
      "permutations", \.permutations, in: .replicates,
      "how often a test permutes; by default as often as the number of tests needs"),
    Setting("primary", "the measures whose link with accuracy is tested first, at most eight") {
      settings, section in
      settings.primary = try primary(section) ?? settings.primary
    } canonical: { settings in
      [("primary", ListText.text(settings.primary))]
    },
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
    permutations = number("permutations", in: .replicates)
    primary =
      configuration["statistics.primary"].map { ListText.names($0) }.flatMap { names in
        names.count <= Self.mostPrimary && Self.testedMeasures.isSuperset(of: names) ? names : nil
      } ?? primary
    seed = configuration["statistics.seed"].flatMap { UInt64($0) } ?? seed
    folds = number("folds", in: Self.foldRange) ?? folds
  }

  /// What is drawn again under a name.
  package func bootstrap(_ name: String) -> Resampling {
    Resampling(name, replicates: replicates, seed: seed)
  }

  /// What is permuted under a name: as often as was asked for, else so often that the least p-value, times the number of
  /// tests that are corrected together, is at most 0.01.
  package func permutation(_ name: String, tests: Int = 1) -> Resampling {
    Resampling(name, replicates: permutationCount(tests: tests), seed: seed)
  }

  /// The same, at most so often.
  package func permutation(_ name: String, limit: Int) -> Resampling {
    Resampling(name, replicates: min(permutationCount(tests: 1), limit), seed: seed)
  }

  /// How often tests that are corrected together permute.
  package func permutationCount(tests: Int) -> Int {
    permutations ?? min(max(Self.fewestPermutations, 100 * tests - 1), Self.mostPermutations)
  }

  /// By default at least so often.
  private static let fewestPermutations = 4999
  /// By default at most so often: of ten thousand tests the least p-value then is 0.01 times their number.
  private static let mostPermutations = 999_999
}
