import Analyses
import Foundation
import Runs

/// Whether classes whose topology or geometry changes more lose more accuracy: `link.csv`.
struct TrackingTable {
  /// A line of the table.
  struct Row: Sendable {
    /// The group's name; nil for all classes.
    let group: String?
    let noise: String
    let correlation: TrackedCorrelation
  }

  let rows: [Row]

  /// The table of all correlations: all classes first, then each group; within it a kind of noise after the other.
  ///
  /// - Parameters:
  ///   - found: The correlations under every kind of noise.
  ///   - groups: The names of the groups of classes.
  init(_ found: [(noise: String, correlations: [TrackedCorrelation])], groups: [String]) {
    rows = (0...groups.count).flatMap { group in
      found.flatMap { found in
        found.correlations.filter { $0.group == group }.map {
          Row(group: group > 0 ? groups[group - 1] : nil, noise: found.noise, correlation: $0)
        }
      }
    }
  }

  /// All rows.
  var table: Table {
    typealias Columns = TrackingColumns
    var table = Table(Columns.file)
    for row in rows {
      let (correlation, numbers) = (row.correlation, row.correlation.numbers)
      table.append([
        Columns.group(row.group), ConditionColumns.noise(row.noise),
        Columns.scope(correlation.scope.rawValue), Columns.level(correlation.level),
        Columns.measure(correlation.measure), Columns.statistic(correlation.statistic.rawValue),
        Columns.family(correlation.family.rawValue), Columns.estimate(numbers.estimate),
        Columns.low(numbers.interval?.low), Columns.high(numbers.interval?.high),
        Columns.p(numbers.pValue), Columns.adjusted(correlation.adjusted),
        Columns.holm(correlation.holm), Columns.joint(correlation.joint),
        Columns.permutedMean(numbers.permutedMean),
        Columns.permutations(numbers.permutationCount),
        Columns.detectable(correlation.detectable),
        Columns.sizeCorrelation(correlation.sizeCorrelation), Columns.classes(numbers.classCount),
        Columns.conditions(correlation.conditionCount), Columns.note(correlation.note),
      ])
    }
    return table
  }

  /// The primary results for a person: Spearman within levels, a kind of noise after the other, the strongest first.
  var markdown: String {
    let within = rows.filter {
      $0.correlation.scope == .within && $0.correlation.statistic == .spearman && $0.group == nil
        && ($0.correlation.family == .primary || $0.correlation.family == .reference)
    }
    let sorted = within.map(\.noise).uniqued.flatMap { noise in
      within.filter { $0.noise == noise }.sorted {
        abs($0.correlation.numbers.estimate) > abs($1.correlation.numbers.estimate)
      }
    }
    guard !sorted.isEmpty else { return "" }
    func text(_ value: Double) -> String {
      let text = String(format: "%.2f", value)
      return text == "-0.00" ? "0.00" : text
    }
    let lines = sorted.map { row in
      let (correlation, numbers) = (row.correlation, row.correlation.numbers)
      let interval = numbers.interval.map { "\(text($0.low)) to \(text($0.high))" } ?? ""
      let adjusted =
        correlation.adjusted.map { $0 < 0.001 ? "< .001" : String(format: "%.3f", $0) }
        ?? (correlation.isUntestable ? TrackedCorrelation.untestable : correlation.family.rawValue)
      return "| \(row.noise) | \(correlation.measure) | \(text(numbers.estimate)) | \(interval) | "
        + "\(adjusted) | \(correlation.detectable.map(text) ?? "") |\n"
    }
    return
      "| noise | change | with the drop, within levels | 95 % interval | p (adjusted) | found from |\n"
      + "|---|---|---:|---|---:|---:|\n" + lines.joined()
  }
}
