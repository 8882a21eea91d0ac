import Analyses
import Files
import Foundation
import LinearAlgebra
package import Runs

/// Zero-shot tables of a run directory: accuracy, predictions, confusion.
package struct AccuracyTables {
  private let run: RunDirectory
  private let output: RunDirectory
  private let all: SampleTable
  private let rows: [Int]
  private let logitScale: Double
  private let settings: StatisticsSettings

  /// One row of `accuracy.csv`.
  package struct Row {
    package let condition: Condition
    package let statistics: AccuracyStatistics
  }

  /// What the tables say, for those that build on them.
  package struct Content {
    package let scores: [ConditionScores]
    package let rows: [Row]
  }

  /// Tables of the embeddings in `run`, of all its samples or of one split, written to `output`.
  ///
  /// - Throws: `FileError` when no sample has that split.
  package init(
    run: RunDirectory, output: RunDirectory, samples: SampleTable, logitScale: Double,
    split: String?, settings: StatisticsSettings
  ) throws {
    self.run = run
    self.output = output
    self.logitScale = logitScale
    self.settings = settings
    all = samples
    rows = samples.splits.indices.filter { split == nil || samples.splits[$0] == split }
    guard !rows.isEmpty else {
      throw FileError(run.file("samples.csv"), "has no sample of the split \(split ?? "")")
    }
  }

  /// Classifies every condition and writes all tables to the run directory.
  ///
  /// - Parameter conditions: Clean first, if it is one: temperatures are fitted on it.
  /// - Returns: What the tables say.
  /// - Throws: `FileError` naming embeddings that do not fit the text's.
  package func write(conditions: [Condition]) throws -> Content {
    let classes = try output.readClassEmbeddings(classCount: all.classes.count)
    let samples = all.selecting(rows)
    var predictions = CSV.line(
      ["path", "class", "noise", "level", "seed", "predicted", "confidence", "rank"])
    var temperatures: FittedTemperatures?
    var scores: [ConditionScores] = []
    for condition in conditions {
      try Interruption.check()
      let images = try run.readUnitEmbeddings(condition, rowCount: all.labels.count)
      guard images.columns == classes.columns else {
        throw FileError(
          run.embeddingsFile(condition),
          "has \(images.columns) columns; the text embeddings have "
            + "\(classes.columns): both must come from one model")
      }
      if condition == .clean {
        let result = ZeroShotResult(
          images: images, classes: classes, labels: all.labels, logitScale: logitScale)
        temperatures = FittedTemperatures(
          logits: result.logits, samples: all, rows: rows, settings: settings)
      }
      let result = ZeroShotResult(
        images: images.selectingRows(rows), classes: classes, labels: samples.labels,
        logitScale: logitScale)
      for row in samples.labels.indices {
        predictions += CSV.line(
          [samples.paths[row], samples.classes[samples.labels[row]]] + condition.tableFields + [
            samples.classes[result.predicted[row]], result.confidence[row].shortestText,
            "\(result.rank[row])",
          ])
      }
      try writeConfusion(result.confusion, condition)
      scores.append(
        ConditionScores(condition, result, labels: samples.labels, temperatures: temperatures))
    }
    let accuracy = try scores.map { score in
      try Interruption.check()
      return Self.row(
        score, labels: samples.labels, classCount: samples.classes.count,
        temperatures: temperatures, settings: settings)
    }
    try AtomicFile.write(predictions, to: output.file("predictions.csv"))
    try AtomicFile.write(Self.csv(accuracy), to: output.file("accuracy.csv"))
    try AtomicFile.write(Self.markdown(accuracy), to: output.file("accuracy.md"))
    try AtomicFile.write(Self.latex(accuracy), to: output.file("accuracy.tex"))
    return Content(scores: scores, rows: accuracy)
  }

  /// The row of images under one condition.
  package static func row(
    _ scores: ConditionScores, labels: [Int], classCount: Int, temperatures: FittedTemperatures?,
    settings: StatisticsSettings
  ) -> Row {
    Row(
      condition: scores.condition,
      statistics: AccuracyStatistics(
        [scores], labels: labels, classCount: classCount, temperature: temperatures?.mean,
        settings: settings))
  }

  private func writeConfusion(_ counts: [[Int]], _ condition: Condition) throws {
    var text = CSV.line(["class"] + all.classes)
    for (name, row) in zip(all.classes, counts) {
      text += CSV.line([name] + row.map { "\($0)" })
    }
    try AtomicFile.write(text, to: output.file("confusion/\(condition.name).csv"))
  }

  /// Exact values.
  package static func csv(_ rows: [Row]) -> String {
    var table = ResultTable(
      columns: Condition.tableColumns + ["count"] + AccuracyStatistics.columns)
    for row in rows {
      table.append(
        row.condition.tableValues + [.count(row.statistics.count)] + row.statistics.values)
    }
    return table.csv
  }

  private static let titles = [
    "noise", "level", "seed", "images", "top-1", "95 % interval", "top-5", "mean per class", "ECE",
    "NLL",
  ]

  /// Rounded to four digits, for a person.
  package static func markdown(_ rows: [Row]) -> String {
    let lines = rows.map { "| \(rounded($0, to: "–").joined(separator: " | ")) |\n" }
    return
      "| \(titles.joined(separator: " | ")) |\n|---|---:|---:|---:|---:|---|---:|---:|---:|---:|\n"
      + lines.joined()
  }

  /// A booktabs table.
  static func latex(_ rows: [Row]) -> String {
    let lines = rows.map { "\(rounded($0, to: "--").joined(separator: " & ")) \\\\\n" }
    let head = titles.joined(separator: " & ").replacing("%", with: "\\%")
    return """
      \\begin{tabular}{lrrrrlrrrr}
      \\toprule
      \(head) \\\\
      \\midrule
      \(lines.joined())\\bottomrule
      \\end{tabular}

      """
  }

  private static func rounded(_ row: Row, to dash: String) -> [String] {
    func text(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "" }
    func estimate(_ statistic: AccuracyStatistics.Statistic) -> String {
      text(row.statistics[statistic]?.estimate)
    }
    let interval = row.statistics[.top1]?.acceleratedInterval()
    return row.condition.tableFields + [
      "\(row.statistics.count)", estimate(.top1),
      interval.map { text($0.low) + dash + text($0.high) } ?? "", estimate(.top5),
      estimate(.meanPerClass), estimate(.expectedCalibrationError),
      estimate(.negativeLogLikelihood),
    ]
  }
}
