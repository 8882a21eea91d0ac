import Analyses
import Files
import LinearAlgebra
import Runs

/// What is correlated of a measure of change under one kind of noise: its values, and what every class lost.
///
/// Change and loss both grow with the level of noise, so that over all levels they correlate whatever the one has
/// to do with the other. The primary result is that within levels: ranks of the classes within each level, the
/// mean over levels; classes are permuted, and drawn again, as wholes.
package struct TrackedMeasure: Sendable {
  let noise: String
  let measure: ChangeMeasure
  /// The level of each condition.
  private let levels: [Double]
  /// A row a class, a number a condition.
  private let values: [[Double?]]
  private let drops: [[Double?]]
  private let relativeDrops: [[Double?]]
  /// The classes that are ranked, all first, then those of each group.
  private let groups: [[Int]]

  /// Which classes and conditions are ranked.
  package enum Scope: String, Sendable, Codable {
    /// Ranks of classes within each level, the mean over levels: the primary result.
    case within
    /// Those of one level.
    case level
    /// As `within`, of the drop as a share of the clean accuracy.
    case relative
    /// Of all levels in one order.
    case pooled
  }

  /// A correlation of the measure with the drop.
  struct Correlation: Sendable, Codable, Equatable {
    /// 0 for all classes, from 1 for a group.
    let group: Int
    let statistic: RankCorrelation
    let scope: Scope
    /// The level where the scope is one.
    let level: Double?
    let numbers: LeveledCorrelation
    let conditionCount: Int
  }

  /// The fewest classes that ranks say anything about.
  static let fewestClasses = 4

  /// The measure's values under the conditions of a kind of noise.
  init(
    _ change: MeasuredChange, _ noise: String, _ changes: ClassChanges,
    groups: [StatisticsSettings.Group]
  ) {
    self.noise = noise
    measure = change.measure
    let columns = changes.conditions.indices.filter { changes.conditions[$0].noise == noise }
    let labels = changes.classes.indices
    levels = columns.map { changes.conditions[$0].level }
    values = labels.map { label in columns.map { change.values[label][$0] } }
    drops = labels.map { label in columns.map { changes.drop(label, $0) } }
    relativeDrops = labels.map { label in columns.map { changes.relativeDrop(label, $0) } }
    self.groups =
      [Array(labels)]
      + groups.map { group in labels.filter { group.classes.contains(changes.classes[$0]) } }
  }

  /// SHA-256 over all numbers, to the bit.
  private var digest: Digest {
    var text = ""
    func add(_ name: String, _ rows: [[Double?]]) {
      for row in rows {
        text += name + row.map { $0.map { " \($0.bitPattern)" } ?? " none" }.joined() + "\n"
      }
    }
    add("levels", [levels])
    add("values", values)
    add("drops", drops)
    add("relative", relativeDrops)
    for classes in groups { text += "group \(classes)\n" }
    return Digest(of: text)
  }

  /// The correlations, keyed by the numbers themselves: where they are what they were, nothing is computed
  /// again, whatever made them.
  func unit(_ analysis: StatisticsAnalysis) -> CachedUnit<[Correlation]> {
    let key = analysis.key(
      "tracking by \(measure.name) under \(noise)",
      settings: ["replicates", "permutations", "seed"], reads: [digest])
    return CachedUnit(key) { try correlations(analysis.settings) }
  }

  /// Those that are defined, for each group and statistic: within levels, at each, relative and pooled.
  private func correlations(_ settings: StatisticsSettings) throws -> [Correlation] {
    try groups.indices.flatMap { group in
      try RankCorrelation.allCases.flatMap { statistic in
        try correlations(group, statistic, settings)
      }
    }
  }

  private func correlations(
    _ group: Int, _ statistic: RankCorrelation, _ settings: StatisticsSettings
  ) throws -> [Correlation] {
    let distinct = Set(levels).sorted()
    func correlations(
      _ outcomes: [[Double?]], _ scopes: [(Scope, LeveledCorrelation.Scope, level: Double?)]
    ) throws -> [Correlation] {
      // A class that lacks one of the numbers is left out as a whole.
      let pairs = groups[group].compactMap { label -> (x: [Double], y: [Double])? in
        let (x, y) = (values[label].compactMap(\.self), outcomes[label].compactMap(\.self))
        return x.count == levels.count && y.count == levels.count ? (x, y) : nil
      }
      guard pairs.count >= Self.fewestClasses else { return [] }
      let numbers = try LeveledCorrelation.of(
        pairs.map(\.x), pairs.map(\.y), levels: levels.map { distinct.firstIndex(of: $0) ?? 0 },
        scopes: scopes.map(\.1), correlation: statistic,
        permutations: settings.permutation("link"), replicates: settings.bootstrap("link"),
        control: .interruptible(isQuiet: true))
      return zip(scopes, numbers).compactMap { scope, numbers in
        numbers.map { numbers in
          Correlation(
            group: group, statistic: statistic, scope: scope.0, level: scope.level,
            numbers: numbers,
            conditionCount: scope.level.map { level in levels.count { $0 == level } }
              ?? levels.count)
        }
      }
    }
    // A group is too few classes for more than the primary result.
    if group > 0 { return try correlations(drops, [(.within, .eachLevel, nil)]) }
    let each = distinct.enumerated().map { (Scope.level, LeveledCorrelation.Scope.level($0), $1) }
    let ofDrops = try correlations(
      drops, [(.within, .eachLevel, nil)] + each + [(.pooled, .pooled, nil)])
    let relative = try correlations(relativeDrops, [(.relative, .eachLevel, nil)])
    return ofDrops.filter { $0.scope != .pooled } + relative
      + ofDrops.filter { $0.scope == .pooled }
  }
}
