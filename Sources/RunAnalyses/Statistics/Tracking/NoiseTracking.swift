import Analyses
import Files
import LinearAlgebra
import Runs

/// All measures of change under one kind of noise, whose correlations with the drop are tested together on the same
/// permutations of the classes.
struct NoiseTracking: Sendable {
  let noise: String
  let measures: [TrackedMeasure]
  /// How many images every class has.
  let classCounts: [Int]
  /// The classes that are ranked, all first, then those of each group.
  let groups: [[Int]]
  let settings: StatisticsSettings
  /// The most tests that are corrected together under any kind of noise: what the permutations are enough for.
  let tests: Int

  /// What is kept by the numbers themselves: where they are what they were, nothing is computed again, whatever made
  /// them.
  func unit(_ analysis: StatisticsAnalysis) -> CachedUnit<[TrackedCorrelation]> {
    let classes = Digest(of: "sizes \(classCounts)\n" + groups.map { "group \($0)\n" }.joined())
    let key = analysis.key(
      "tracking under \(noise)", settings: ["permutations", "seed", "primary"],
      more: [("tests", "\(tests)")], reads: measures.map(\.digest) + [classes])
    return CachedUnit(key) { try correlations() }
  }

  /// How many correlations are corrected together under a kind of noise, the most of one family and scope.
  static func testCount(_ measures: [TrackedMeasure], primary: [String]) -> Int {
    let families = measures.map { LinkFamily($0.measure, .level, primary: primary) }
    let levels = measures.first?.distinctLevels.count ?? 0
    return max(families.count { $0 == .primary }, families.count { $0 == .further }) * levels
  }

  // MARK: Correlations

  /// Those that are defined, for each group and statistic: within levels, at each, relative and pooled.
  private func correlations() throws -> [TrackedCorrelation] {
    try groups.indices.flatMap { group in
      try RankCorrelation.allCases.flatMap { try correlations(group, $0) }
    }
  }

  /// A correlation with what it is in every order.
  private struct Found {
    var correlation: TrackedCorrelation
    let null: [Double]

    var permuted: LeveledCorrelation.Permuted {
      LeveledCorrelation.Permuted(correlation.numbers, null: null)
    }
  }

  private func correlations(_ group: Int, _ statistic: RankCorrelation) throws
    -> [TrackedCorrelation]
  {
    guard groups[group].count >= TrackedMeasure.fewestClasses else { return [] }
    let permutations = self.permutations(group)
    // Checks, which are not corrected for their number, need no more than this.
    let few = ClassPermutations(
      count: groups[group].count,
      resampling: settings.permutation("link", limit: Self.checkPermutations))
    var found = try Parallel.tryMap(count: measures.count) { index in
      try Interruption.check()
      return try correlations(measures[index], group, statistic, permutations, few)
    }.flatMap(\.self)
    for scope in [TrackedMeasure.Scope.within, .level] {
      for family in [LinkFamily.primary, .further] {
        let tested = found.indices.filter {
          found[$0].correlation.scope == scope && found[$0].correlation.family == family
        }
        let together = PermutationFamily(
          tested.map { found[$0].permuted }, isExact: permutations.isExact)
        for (place, index) in tested.enumerated() {
          found[index].correlation.adjusted = together.adjusted[place]
          found[index].correlation.holm = together.holm[place]
          if let critical = together.critical, together.adjusted[place] != nil {
            found[index].correlation.detectable = DetectableCorrelation.smallest(
              null: found[index].null, critical: critical)
          }
        }
      }
    }
    return found.map(\.correlation)
  }

  /// Untested correlations are permuted at most so often.
  private static let checkPermutations = 999

  private func permutations(_ group: Int) -> ClassPermutations {
    ClassPermutations(
      count: groups[group].count, resampling: settings.permutation("link", tests: tests))
  }

  private func correlations(
    _ measure: TrackedMeasure, _ group: Int, _ statistic: RankCorrelation,
    _ permutations: ClassPermutations, _ few: ClassPermutations
  ) throws -> [Found] {
    let each = measure.distinctLevels.enumerated().map {
      (TrackedMeasure.Scope.level, LeveledCorrelation.Scope.level($0), Optional($1))
    }
    let within = (TrackedMeasure.Scope.within, LeveledCorrelation.Scope.eachLevel, Double?.none)
    // A group is too few classes for more than the primary result.
    let tested = try found(
      measure, group, statistic, [within] + (group > 0 ? [] : each), permutations)
    guard group == 0 else { return tested }
    let relative = try found(measure, group, statistic, [(.relative, .eachLevel, nil)], few)
    let pooled = try found(measure, group, statistic, [(.pooled, .pooled, nil)], few)
    return tested + relative + pooled
  }

  private typealias ScopeOfRow = (TrackedMeasure.Scope, LeveledCorrelation.Scope, level: Double?)

  private func found(
    _ measure: TrackedMeasure, _ group: Int, _ statistic: RankCorrelation,
    _ scopes: [ScopeOfRow], _ permutations: ClassPermutations
  ) throws -> [Found] {
    let isRelative = scopes.contains { $0.0 == .relative }
    guard let numbers = measure.numbers(groups[group], isRelative: isRelative) else { return [] }
    let places = measure.levelPlaces
    let control = ComputationControl.interruptible(isQuiet: true)
    let results: [LeveledCorrelation.Permuted?]
    if let halves = measure.halves {
      // The drop as a share of the clean accuracy has no meaning of few images, and Kendall's correlation of so
      // many halves takes too long.
      guard !isRelative, statistic == .spearman else { return [] }
      let classes = numbers.places.map { groups[group][$0] }
      results = try LeveledCorrelation.of(
        splits: halves.map { half in
          (
            classes.map { [Double](repeating: half.clean[$0], count: places.count) },
            classes.map { half.drops[$0] }
          )
        }, levels: places, scopes: scopes.map(\.1), permutations: permutations,
        among: numbers.places, control: control)
    } else {
      results = try LeveledCorrelation.of(
        numbers.x, numbers.y, levels: places, scopes: scopes.map(\.1), correlation: statistic,
        permutations: permutations, among: numbers.places, control: control)
    }
    let sizes = self.sizes(measure, numbers, group, scopes.map(\.1))
    return zip(scopes, results).enumerated().compactMap { index, pair in
      let (scope, result) = pair
      return result.map { result in
        Found(
          correlation: TrackedCorrelation(
            measure: measure.measure.name, group: group, statistic: statistic, scope: scope.0,
            level: scope.level,
            family: LinkFamily(measure.measure, scope.0, primary: settings.primary),
            numbers: result.correlation,
            conditionCount: scope.level.map { level in measure.levels.count { $0 == level } }
              ?? measure.levels.count,
            sizeCorrelation: sizes.correlations[index],
            goesWithSize: sizes.areUnequal
              && abs(sizes.correlations[index] ?? 0) >= TrackedCorrelation.sizeWarning.correlation,
            isFromOtherImages: measure.measure == StatisticsAnalysis.cleanAccuracy
              ? !measure.sharesCleanAccuracy : nil), null: result.null)
      }
    }
  }

  /// How a measure goes with the size of the classes, within the same levels, and whether sizes differ enough for that
  /// to matter.
  private func sizes(
    _ measure: TrackedMeasure, _ numbers: TrackedMeasure.Numbers, _ group: Int,
    _ scopes: [LeveledCorrelation.Scope]
  ) -> (correlations: [Double?], areUnequal: Bool) {
    guard measure.measure != StatisticsAnalysis.classSize else {
      return (scopes.map { _ in nil }, false)
    }
    let counts = numbers.places.map { Double(classCounts[groups[group][$0]]) }
    let correlations = LeveledCorrelation.estimates(
      numbers.x, counts.map { [Double](repeating: $0, count: measure.levels.count) },
      levels: measure.levelPlaces, scopes: scopes, correlation: .spearman)
    let (least, most) = (counts.min() ?? 1, counts.max() ?? 1)
    return (correlations, most >= TrackedCorrelation.sizeWarning.ratio * least)
  }

  // MARK: Over kinds of noise

  /// The primary measures within levels, of all classes, with what they are in every order.
  private func primary(_ statistic: RankCorrelation) throws -> [Found] {
    let permutations = self.permutations(0)
    let primary = measures.filter { settings.primary.contains($0.measure.name) }
    return try Parallel.tryMap(count: primary.count) { index in
      try found(primary[index], 0, statistic, [(.within, .eachLevel, nil)], permutations)
    }.flatMap(\.self)
  }

  /// The p-values of the primary measures adjusted for those under all kinds of noise.
  ///
  /// - Parameter all: The kinds of noise, of the same classes.
  /// - Returns: For each kind and statistic the p-value by the measure's name; none for what could not be tested.
  /// - Throws: `RunError.interrupted`.
  static func joint(_ all: [NoiseTracking]) throws -> [String: [RankCorrelation: [String: Double]]]
  {
    guard let first = all.first, first.groups[0].count >= TrackedMeasure.fewestClasses else {
      return [:]
    }
    var joint: [String: [RankCorrelation: [String: Double]]] = [:]
    for statistic in RankCorrelation.allCases {
      let found = try all.flatMap { noise in
        try noise.primary(statistic).map { (noise: noise.noise, found: $0) }
      }
      let family = PermutationFamily(
        found.map(\.found.permuted), isExact: first.permutations(0).isExact)
      for (entry, adjusted) in zip(found, family.adjusted) {
        joint[entry.noise, default: [:]][statistic, default: [:]][entry.found.correlation.measure] =
          adjusted
      }
    }
    return joint
  }
}
