import Analyses
import Files
import Foundation
import Images
import LinearAlgebra
import Runs

/// Whether classes whose topology or geometry changes more lose more accuracy: `link.csv`.
///
/// Change and loss both grow with the level of noise, so that over all levels they correlate whatever the
/// one has to do with the other. The primary result is that within levels: ranks of the classes within each
/// level, the mean over levels; classes are permuted, and drawn again, as wholes.
struct LinkTable {
  package let changes: ClassChanges
  package let settings: StatisticsSettings

  /// A line of the table.
  package struct Row: Sendable {
    package enum Scope: String, Sendable {
      /// Ranks of classes within each level, the mean over levels: the primary result.
      case within
      /// Those of one level.
      case level
      /// As `within`, of the drop as a share of the clean accuracy.
      case relative
      /// Of all levels in one order.
      case pooled
    }

    package let group: String?
    package let noise: String
    package let scope: Scope
    package let level: Double?
    package let measure: String
    package let statistic: RankCorrelation
    package let correlation: LeveledCorrelation
    let conditionCount: Int
    package var adjusted: Double?
    /// Whether no p-value of so few classes could stand the correction.
    var isUntestable = false

    /// What to make of the number.
    package var note: String {
      if scope == .pooled { return "confounded by level" }
      if LinkTable.references.contains(measure) { return "reference" }
      if scope == .relative { return "sensitivity: relative drop" }
      if isUntestable { return "too few classes to test" }
      return scope == .within && group == nil ? "primary" : ""
    }
  }

  /// What a topological change has to be better than: where the class began, which bounds what it can lose;
  /// how large its clean cloud is, which bounds how much that can shrink; and how far its images moved.
  package static let references = ["accuracy_clean", "size_clean", "paired_distance"]

  /// The fewest classes that ranks say anything about.
  static let fewestClasses = 4

  /// Every correlation that is defined; p-values are adjusted (Holm) within a group, noise, scope and
  /// statistic, over the measures that are no references, and levels.
  package func rows() throws -> [Row] {
    var rows: [Row] = []
    let groups: [(name: String?, classes: [Int])] =
      [(nil, Array(changes.classes.indices))]
      + settings.groups.map { group in
        (group.name, changes.classes.indices.filter { group.classes.contains(changes.classes[$0]) })
      }
    let kinds = changes.conditions.compactMap(\.noise).uniqued
    for (group, classes) in groups {
      for kind in kinds {
        for statistic in RankCorrelation.allCases {
          try Interruption.check()
          var family = measures.flatMap { measure in
            correlations(measure, classes: classes, group: group, kind: kind, statistic: statistic)
          }
          for scope in [Row.Scope.within, .level] {
            let tested = family.indices.filter {
              family[$0].scope == scope && !Self.references.contains(family[$0].measure)
            }
            let adjusted = holmAdjusted(tested.map { family[$0].correlation.pValue })
            let isUntestable =
              Self.leastAdjusted(of: tested.count, classCount: classes.count) > 0.05
            for (index, value) in zip(tested, adjusted) {
              family[index].adjusted = isUntestable ? nil : value
              family[index].isUntestable = isUntestable
            }
          }
          rows += family
        }
      }
    }
    return rows
  }

  private var measures: [ClassChanges.Measure] {
    guard let clean = changes.accuracy?.clean else { return [] }
    func start(_ name: String, _ values: [Double?]) -> ClassChanges.Measure {
      ClassChanges.Measure(
        name: name,
        values: values.map { [Double?](repeating: $0, count: changes.conditions.count) })
    }
    return changes.measures + [
      start(Self.references[0], clean), start(Self.references[1], changes.cleanSizes),
    ]
  }

  /// The least adjusted two-sided p-value that permutations of so few classes can give.
  private static func leastAdjusted(of tests: Int, classCount: Int) -> Double {
    let orders = (1...max(classCount, 1)).reduce(1.0) { $0 * Double($1) }
    return 2 * Double(tests) / orders
  }

  /// The correlations of a measure with the drop: within levels, at each, and pooled.
  private func correlations(
    _ measure: ClassChanges.Measure, classes: [Int], group: String?, kind: String,
    statistic: RankCorrelation
  ) -> [Row] {
    let columns = changes.conditions.indices.filter { changes.conditions[$0].noise == kind }
    let levels = columns.map { changes.conditions[$0].level }
    let distinct = Set(levels).sorted()
    let numbers = levels.map { distinct.firstIndex(of: $0) ?? 0 }
    // A class that lacks one of the numbers is left out as a whole.
    func pairs(_ outcome: (Int, Int) -> Double?) -> [(x: [Double], y: [Double])] {
      classes.compactMap { label in
        let x = columns.compactMap { measure.values[label][$0] }
        let y = columns.compactMap { outcome(label, $0) }
        return x.count == columns.count && y.count == columns.count ? (x, y) : nil
      }
    }
    let drops = pairs(changes.drop)
    var scopes: [(Row.Scope, LeveledCorrelation.Scope, Double?)] = [(.within, .eachLevel, nil)]
    if group == nil {
      scopes += distinct.enumerated().map { (.level, .level($0), $1) }
      scopes += [(.relative, .eachLevel, nil), (.pooled, .pooled, nil)]
    }
    return scopes.compactMap { scope, leveled, level in
      let pairs = scope == .relative ? pairs(changes.relativeDrop) : drops
      guard pairs.count >= Self.fewestClasses else { return nil }
      return LeveledCorrelation.of(
        pairs.map(\.x), pairs.map(\.y), levels: numbers, scopes: [leveled], correlation: statistic,
        permutations: settings.permutation("link"), replicates: settings.bootstrap("link")
      )[0].map {
        Row(
          group: group, noise: kind, scope: scope, level: level, measure: measure.name,
          statistic: statistic, correlation: $0,
          conditionCount: level.map { level in levels.count { $0 == level } } ?? columns.count)
      }
    }
  }

  /// `group,noise,scope,level,measure,statistic,estimate,low,high,p,p_holm,permuted_mean,classes,
  /// conditions,note`.
  package static func table(_ rows: [Row]) -> ResultTable {
    var table = ResultTable(columns: [
      "group", "noise", "scope", "level", "measure", "statistic", "estimate", "low", "high", "p",
      "p_holm", "permuted_mean", "classes", "conditions", "note",
    ])
    for row in rows {
      let correlation = row.correlation
      table.append([
        row.group.map { .text($0) } ?? .missing, .text(row.noise),
        .text(row.scope.rawValue), .init(row.level), .text(row.measure),
        .text(row.statistic.rawValue), .number(correlation.estimate),
        .init(correlation.interval?.low), .init(correlation.interval?.high),
        .number(correlation.pValue), .init(row.adjusted), .number(correlation.permutedMean),
        .count(correlation.classCount), .count(row.conditionCount), .text(row.note),
      ])
    }
    return table
  }

  /// The primary results for a person: Spearman within levels, the strongest first.
  package static func markdown(_ rows: [Row]) -> String {
    let primary = rows.filter {
      $0.scope == .within && $0.statistic == .spearman && $0.group == nil
    }.sorted { abs($0.correlation.estimate) > abs($1.correlation.estimate) }
    guard !primary.isEmpty else { return "" }
    func text(_ value: Double) -> String { String(format: "%.2f", value) }
    let lines = primary.map { row in
      let interval = row.correlation.interval.map { "\(text($0.low)) to \(text($0.high))" } ?? ""
      let adjusted = row.adjusted.map { String(format: "%.3f", $0) } ?? row.note
      return "| \(row.noise) | \(row.measure) | \(text(row.correlation.estimate)) | \(interval) | "
        + "\(adjusted) |\n"
    }
    return "| noise | change | with the drop, within levels | 95 % interval | p (Holm) |\n"
      + "|---|---|---:|---|---:|\n" + lines.joined()
  }
}
