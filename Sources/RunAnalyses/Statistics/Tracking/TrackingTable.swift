import Analyses
import Foundation
import LinearAlgebra
import Runs

/// Whether classes whose topology or geometry changes more lose more accuracy: `link.csv`.
struct TrackingTable {
  /// A line of the table.
  struct Row: Sendable {
    /// The group's name; nil for all classes.
    let group: String?
    let noise: String
    let measure: ChangeMeasure
    let correlation: TrackedMeasure.Correlation
    /// The adjusted p-value; nil where nothing is tested.
    var adjusted: Double?
    /// Whether no p-value of so few classes could stand the correction.
    var isUntestable = false

    /// What to make of the number.
    var note: String {
      if correlation.scope == .pooled { return "confounded by level" }
      if measure.family == .reference { return "reference" }
      if correlation.scope == .relative { return "sensitivity: relative drop" }
      if isUntestable { return "too few classes to test" }
      return correlation.scope == .within && group == nil ? "primary" : ""
    }
  }

  let rows: [Row]

  /// The table of all correlations.
  ///
  /// p-values are adjusted (Holm) within a group, noise, scope and statistic, over the measures that are no
  /// references, and levels.
  ///
  /// - Parameters:
  ///   - measured: The correlations of every measure under every kind of noise.
  ///   - groups: The names of the groups of classes.
  ///   - classCounts: How many classes are in each, all classes first.
  init(
    _ measured: [(
      noise: String, measure: ChangeMeasure, correlations: [TrackedMeasure.Correlation]
    )],
    groups: [String], classCounts: [Int]
  ) {
    rows = classCounts.indices.flatMap { group in
      measured.map(\.noise).uniqued.flatMap { noise in
        RankCorrelation.allCases.flatMap { statistic in
          let family = measured.filter { $0.noise == noise }.flatMap { entry in
            entry.correlations.filter { $0.group == group && $0.statistic == statistic }.map {
              Row(
                group: group > 0 ? groups[group - 1] : nil, noise: noise, measure: entry.measure,
                correlation: $0)
            }
          }
          return Self.adjusted(family, classCount: classCounts[group])
        }
      }
    }
  }

  /// The rows with the adjusted p-values of those that are tested.
  private static func adjusted(_ rows: [Row], classCount: Int) -> [Row] {
    var rows = rows
    for scope in [TrackedMeasure.Scope.within, .level] {
      let tested = rows.indices.filter {
        rows[$0].correlation.scope == scope && rows[$0].measure.family != .reference
      }
      let adjusted = holmAdjusted(tested.map { rows[$0].correlation.numbers.pValue })
      let isUntestable = leastAdjusted(of: tested.count, classCount: classCount) > 0.05
      for (index, value) in zip(tested, adjusted) {
        rows[index].adjusted = isUntestable ? nil : value
        rows[index].isUntestable = isUntestable
      }
    }
    return rows
  }

  /// The least adjusted two-sided p-value that permutations of so few classes can give.
  private static func leastAdjusted(of tests: Int, classCount: Int) -> Double {
    let orders = (1...max(classCount, 1)).reduce(1.0) { $0 * Double($1) }
    return 2 * Double(tests) / orders
  }

  /// All rows.
  var table: Table {
    var table = Table(TrackingColumns.file)
    for row in rows {
      let (correlation, numbers) = (row.correlation, row.correlation.numbers)
      table.append([
        TrackingColumns.group(row.group), ConditionColumns.noise(row.noise),
        TrackingColumns.scope(correlation.scope.rawValue),
        TrackingColumns.level(correlation.level), TrackingColumns.measure(row.measure.name),
        TrackingColumns.statistic(correlation.statistic.rawValue),
        TrackingColumns.estimate(numbers.estimate), TrackingColumns.low(numbers.interval?.low),
        TrackingColumns.high(numbers.interval?.high), TrackingColumns.p(numbers.pValue),
        TrackingColumns.adjusted(row.adjusted),
        TrackingColumns.permutedMean(numbers.permutedMean),
        TrackingColumns.classes(numbers.classCount),
        TrackingColumns.conditions(correlation.conditionCount), TrackingColumns.note(row.note),
      ])
    }
    return table
  }

  /// The primary results for a person: Spearman within levels, the strongest first.
  var markdown: String {
    let primary = rows.filter {
      $0.correlation.scope == .within && $0.correlation.statistic == .spearman && $0.group == nil
    }.sorted {
      abs($0.correlation.numbers.estimate) > abs($1.correlation.numbers.estimate)
    }
    guard !primary.isEmpty else { return "" }
    func text(_ value: Double) -> String { String(format: "%.2f", value) }
    let lines = primary.map { row in
      let numbers = row.correlation.numbers
      let interval = numbers.interval.map { "\(text($0.low)) to \(text($0.high))" } ?? ""
      let adjusted = row.adjusted.map { String(format: "%.3f", $0) } ?? row.note
      return "| \(row.noise) | \(row.measure.name) | \(text(numbers.estimate)) | \(interval) | "
        + "\(adjusted) |\n"
    }
    return "| noise | change | with the drop, within levels | 95 % interval | p (Holm) |\n"
      + "|---|---|---:|---|---:|\n" + lines.joined()
  }
}
