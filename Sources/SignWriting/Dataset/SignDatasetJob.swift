import Files
import Runs

/// Makes a data set of images and captions of a table of signs, as `topoclip signwriting dataset` does.
package struct SignDatasetJob: Job, Sendable {
  private let table: String
  private let signColumn: String
  private let captionColumn: String
  private let fonts: String
  private let output: String
  private let settings: RenderingSettings
  private let isQuiet: Bool

  private static let pairsName = "pairs.csv"
  private static let skippedName = "skipped.csv"

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - table: A CSV file.
  ///   - signColumn: Its column of signs.
  ///   - captionColumn: Its column of captions.
  ///   - fonts: The folder of the fonts.
  ///   - output: The folder to write.
  ///   - settings: How to draw.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    _ table: String, signColumn: String, captionColumn: String, fonts: String, output: String,
    settings: RenderingSettings, isQuiet: Bool
  ) throws {
    try require(!output.isEmpty, "--output: expected a path, found none")
    try require(
      signColumn != captionColumn, "--sign-column and --text-column are both \(signColumn)")
    try settings.validate()
    try requireSeparateFiles(
      [output + "/" + Self.pairsName, output + "/" + Self.skippedName], inputs: [table])
    self.table = table
    self.signColumn = signColumn
    self.captionColumn = captionColumn
    self.fonts = fonts
    self.output = output
    self.settings = settings
    self.isQuiet = isQuiet
  }

  /// Draws the signs and writes `pairs.csv` and `skipped.csv`.
  ///
  /// - Returns: Nothing for standard output.
  /// - Throws: `FileError`; `RunError.failure` when no row makes a pair; `RunError.interrupted`, all that is drawn being
  ///   kept.
  package func run() throws -> String {
    let table = try SignTable(
      path: table, signColumn: signColumn, captionColumn: captionColumn)
    let folder = try SignImageFolder(
      output, renderer: SignRenderer(fonts: fonts, settings: settings), isQuiet: isQuiet)
    let outcomes = try folder.draw(table.rows.map(\.column))
    var skipped = table.skipped
    var pairs = [CSV.line(["image_path", "caption"])]
    for (row, outcome) in zip(table.rows, outcomes) {
      if case .refused(let error) = outcome {
        skipped.append(
          SkippedSign(
            line: row.line, sign: row.text, caption: row.caption, reason: .undrawable(error)))
      } else {
        pairs.append(CSV.line([SignImageFolder.name(of: row.column.fsw), row.caption]))
      }
    }
    skipped.sort { $0.line < $1.line }
    let reasons = skipped.map {
      CSV.line([String($0.line), $0.sign, $0.caption, $0.reason.text])
    }
    let list = output + "/" + Self.skippedName
    try AtomicFile.write(
      CSV.line(["line", "sign", "caption", "reason"]) + reasons.joined(), to: list)
    try AtomicFile.write(pairs.joined(), to: output + "/" + Self.pairsName)
    let summary = Self.summary(pairs: pairs.count - 1, outcomes: outcomes, skipped: skipped)
    guard pairs.count > 1 else {
      throw RunError.failure("\(self.table): \(summary); \(list) has the rows, and the reasons")
    }
    announce(summary, isQuiet: isQuiet)
    return ""
  }

  /// What was made, and what was passed over by its kinds.
  static func summary(
    pairs: Int, outcomes: [SignImageFolder.Outcome], skipped: [SkippedSign]
  ) -> String {
    let kept = outcomes.count { $0 == .kept }
    let kinds = Dictionary(grouping: skipped, by: \.reason.kind).mapValues(\.count)
    let counts = kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return "\(pairs) pairs, the images of \(kept) were there already"
      + (skipped.isEmpty
        ? "; no row was passed over"
        : "; \(skipped.count) rows passed over: \(counts.joined(separator: ", "))")
  }
}
