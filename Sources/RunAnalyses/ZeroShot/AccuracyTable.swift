import Analyses
import Foundation
package import Runs

/// The accuracy of the images under one condition: a row of `accuracy.csv`.
package struct ConditionAccuracy: Sendable {
  package let condition: Condition
  package let statistics: AccuracyStatistics
}

/// `accuracy.csv`, and its main columns for a person and for a paper.
package enum AccuracyTable {
  /// Exact values.
  package static func table(_ rows: [ConditionAccuracy]) -> Table {
    var table = Table(AccuracyColumns.file)
    for row in rows {
      table.append(
        row.condition.cells + [AccuracyColumns.count(row.statistics.count)]
          + AccuracyColumns.cells(row.statistics))
    }
    return table
  }

  private static let titles = [
    "noise", "level", "seed", "images", "top-1", "95 % interval", "top-5", "mean per class",
    "ECE (debiased)", "NLL",
  ]

  /// Rounded to four digits, in Markdown.
  package static func markdown(_ rows: [ConditionAccuracy]) -> String {
    let lines = rows.map { "| \(rounded($0, to: "–").joined(separator: " | ")) |\n" }
    return
      "| \(titles.joined(separator: " | ")) |\n|---|---:|---:|---:|---:|---|---:|---:|---:|---:|\n"
      + lines.joined()
  }

  /// The same as a booktabs table.
  static func latex(_ rows: [ConditionAccuracy]) -> String {
    BooktabsTable(
      titles: titles, alignment: "lrrrrlrrrr", rows: rows.map { rounded($0, to: "--") }
    ).text
  }

  private static func rounded(_ row: ConditionAccuracy, to dash: String) -> [String] {
    func text(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "" }
    let statistics = row.statistics
    let interval = statistics.top1.interval
    return row.condition.tableFields + [
      "\(statistics.count)", text(statistics.top1.value),
      interval.map { text($0.low) + dash + text($0.high) } ?? "", text(statistics.top5.value),
      text(statistics.meanPerClass.value), text(statistics.calibrationErrors?.equalWidth.debiased),
      text(statistics.negativeLogLikelihood?.value),
    ]
  }
}
