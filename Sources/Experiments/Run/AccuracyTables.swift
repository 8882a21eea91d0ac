import CLIP
import Files
import Foundation
import LinearAlgebra

/// Zero-shot tables of a run directory: accuracy, predictions, confusion.
struct AccuracyTables {
  private let run: RunDirectory
  private let output: RunDirectory
  private let samples: SampleTable
  private let logitScale: Double
  private let rows: [Int]?
  private var accuracy: [Row] = []

  /// One row of `accuracy.csv`.
  struct Row {
    let condition: Condition
    let count: Int
    let top1: Double
    let top5: Double
    let meanPerClass: Double

    init(_ condition: Condition, _ result: ZeroShotResult, count: Int) {
      self.condition = condition
      self.count = count
      top1 = result.topAccuracy(1)
      top5 = result.topAccuracy(5)
      meanPerClass = result.meanPerClassAccuracy
    }
  }

  /// Tables of the embeddings in `run`, of all its samples or of one split, written to `output`.
  ///
  /// - Throws: `FileError` when no sample has that split.
  init(
    run: RunDirectory, output: RunDirectory, samples: SampleTable, logitScale: Double,
    split: String?
  ) throws {
    self.run = run
    self.output = output
    self.logitScale = logitScale
    guard let split else {
      self.samples = samples
      rows = nil
      return
    }
    let chosen = samples.splits.indices.filter { samples.splits[$0] == split }
    guard !chosen.isEmpty else {
      throw FileError(run.file("samples.csv"), "has no sample of the split \(split)")
    }
    self.samples = samples.selecting(chosen)
    rows = chosen
  }

  /// Classifies every condition and writes all tables to the run directory.
  mutating func write(conditions: [Condition], rowCount: Int) throws {
    let classes = try output.readClassEmbeddings(classCount: samples.classes.count)
    var predictions = CSV.line(
      ["path", "class", "noise", "level", "seed", "predicted", "confidence", "rank"])
    for condition in conditions {
      try Interruption.check()
      var images = try run.readUnitEmbeddings(condition, rowCount: rowCount)
      if let rows { images = images.selectingRows(rows) }
      guard images.columns == classes.columns else {
        throw FileError(
          run.embeddingsFile(condition),
          "has \(images.columns) columns; the text embeddings have "
            + "\(classes.columns): both must come from one model")
      }
      let result = ZeroShotResult(
        images: images, classes: classes, labels: samples.labels, logitScale: logitScale)
      for row in samples.labels.indices {
        predictions += CSV.line(
          [samples.paths[row], samples.classes[samples.labels[row]]] + condition.tableFields + [
            samples.classes[result.predicted[row]], result.confidence[row].shortestText,
            "\(result.rank[row])",
          ])
      }
      try writeConfusion(result.confusion, condition)
      accuracy.append(Row(condition, result, count: samples.labels.count))
    }
    try AtomicFile.write(predictions, to: output.file("predictions.csv"))
    try AtomicFile.write(Self.csv(accuracy), to: output.file("accuracy.csv"))
    try AtomicFile.write(markdown, to: output.file("accuracy.md"))
    try AtomicFile.write(latex, to: output.file("accuracy.tex"))
  }

  private func writeConfusion(_ counts: [[Int]], _ condition: Condition) throws {
    var text = CSV.line(["class"] + samples.classes)
    for (name, row) in zip(samples.classes, counts) {
      text += CSV.line([name] + row.map { "\($0)" })
    }
    try AtomicFile.write(text, to: output.file("confusion/\(condition.name).csv"))
  }

  static let columns = ["noise", "level", "seed", "count", "top1", "top5", "mean_per_class"]

  /// Exact values.
  static func csv(_ rows: [Row]) -> String {
    CSV.line(columns)
      + rows.map { row in
        CSV.line(
          row.condition.tableFields + [
            "\(row.count)", row.top1.shortestText, row.top5.shortestText,
            row.meanPerClass.shortestText,
          ])
      }.joined()
  }

  /// Rounded to four digits, for a person.
  var markdown: String {
    let lines = accuracy.map { "| \(Self.rounded($0).joined(separator: " | ")) |\n" }
    return "| noise | level | seed | images | top-1 | top-5 | mean per class |\n"
      + "|---|---:|---:|---:|---:|---:|---:|\n" + lines.joined()
  }

  /// A booktabs table.
  var latex: String {
    let lines = accuracy.map { "\(Self.rounded($0).joined(separator: " & ")) \\\\\n" }
    return """
      \\begin{tabular}{lrrrrrr}
      \\toprule
      noise & level & seed & images & top-1 & top-5 & mean per class \\\\
      \\midrule
      \(lines.joined())\\bottomrule
      \\end{tabular}

      """
  }

  private static func rounded(_ row: Row) -> [String] {
    row.condition.tableFields + ["\(row.count)"]
      + [row.top1, row.top5, row.meanPerClass].map { String(format: "%.4f", $0) }
  }
}
