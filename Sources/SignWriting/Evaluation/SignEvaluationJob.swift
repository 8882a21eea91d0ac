import FileAnalyses
import Files
import Runs

/// The scores of written signs, as `topoclip signwriting evaluate` tells them.
package struct SignEvaluationJob: Job, Sendable {
  private let hypotheses: String
  private let references: [String]
  private let metrics: [SignMetric]
  private let model: String?
  private let fonts: String?
  private let output: String?
  private let isQuiet: Bool

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - hypotheses: The file of the texts to be judged, one a line.
  ///   - references: Files with as many lines.
  ///   - metrics: Names, separated by commas; nil for those that need no model.
  ///   - model: What `clipscore` embeds drawings with: a folder or `builtin`.
  ///   - fonts: The folder of the fonts that it draws with.
  ///   - output: A file in place of standard output.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    hypotheses: String, references: [String], metrics: String?, model: String? = nil,
    fonts: String? = nil, output: String?, isQuiet: Bool
  ) throws {
    try require(!references.isEmpty, "--references: give one file or several")
    try requireSeparateFiles([output], inputs: [hypotheses] + references)
    self.metrics = try metrics.map(SignMetric.named) ?? SignMetric.standard
    let isDrawn = self.metrics.contains(.clipscore)
    for (option, value) in [("--model", model), ("--fonts", fonts)] {
      try require(
        isDrawn == (value != nil),
        isDrawn
          ? "--metric clipscore embeds drawings: give --model and --fonts"
          : "\(option) is for clipscore; name it in --metric, or leave \(option) out")
    }
    self.model = model
    self.fonts = fonts
    self.hypotheses = hypotheses
    self.references = references
    self.output = output
    self.isQuiet = isQuiet
  }

  /// Computes the scores; those of the corpus go to standard error too.
  ///
  /// - Returns: CSV `index,metric,score`; empty when it went to a file.
  /// - Throws: `FileError` naming the file, or both files when their lines differ in number;
  ///   `RunError.interrupted`.
  package func run() throws -> String {
    let hypotheses = try SignTexts(path: hypotheses)
    let references = try references.map { try SignTexts(path: $0) }
    for texts in references where texts.lines.count != hypotheses.lines.count {
      throw FileError(
        texts.file,
        "has \(texts.lines.count) lines, and \(hypotheses.file) \(hypotheses.lines.count); expected a "
          + "reference for every line, an empty one where there is none")
    }
    var cosines: [Double] = []
    if let model, let fonts {
      let measure = try SignCLIPScore(model: model, fonts: fonts, isQuiet: isQuiet)
      let (scores, undrawn) = try measure.scores(hypotheses, references: references)
      cosines = scores
      if let first = undrawn.first {
        announce(
          "clipscore: \(undrawn.count) texts are white squares, for they cannot be drawn. The first: \(first)",
          isQuiet: isQuiet)
      }
    }
    let evaluation = try SignEvaluation(
      hypotheses, references: references, metrics: metrics, cosines: cosines, isQuiet: isQuiet)
    for message in evaluation.messages { announce(message, isQuiet: isQuiet) }
    let scores = zip(evaluation.metrics, evaluation.corpusScores).map {
      "\($0.rawValue) \(fixed($1))"
    }
    announce(
      Self.counted(hypotheses.lines.count, "text") + ", "
        + Self.counted(references.count, "reference") + " each: "
        + scores.joined(separator: ", "), isQuiet: isQuiet)
    return try delivered(evaluation.table.csv, to: output)
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Four decimals.
  private func fixed(_ number: Double) -> String {
    ((number * 10000).rounded() / 10000).shortestText
  }
}
