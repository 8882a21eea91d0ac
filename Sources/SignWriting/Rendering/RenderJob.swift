import Files
import Runs

/// Draws signs, as `topoclip signwriting render` does.
package struct RenderJob: Job, Sendable {
  /// What is drawn.
  package enum Source: Sendable, Equatable {
    /// Texts of one sign or several.
    case texts([String])
    /// A file of such a text a line, or standard input for `-`.
    case file(String)
  }

  private let source: Source
  private let fonts: String
  private let output: String
  private let settings: RenderingSettings
  private let isQuiet: Bool

  private static let namedProblems = 20
  private static let skippedName = "skipped.csv"

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - source: The signs.
  ///   - fonts: The folder of the fonts.
  ///   - output: A file whose name ends in `.png`, or a folder.
  ///   - settings: How to draw.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    _ source: Source, fonts: String, output: String, settings: RenderingSettings, isQuiet: Bool
  ) throws {
    try require(!output.isEmpty, "--output: expected a path, found none")
    try settings.validate()
    switch source {
    case .texts(let texts):
      try require(!texts.isEmpty, "name a sign in FSW, or a file of them with --input")
      try require(
        texts.allSatisfy { $0.contains { !$0.isWhitespace } },
        "a sign is empty; expected FSW such as M518x529S14c20481x471S27106503x489")
    case .file(let path):
      try require(!path.isEmpty, "--input: expected a path, found none")
      try requireSeparateFiles([output + "/" + Self.skippedName, output], inputs: [path])
    }
    self.source = source
    self.fonts = fonts
    self.output = output
    self.settings = settings
    self.isQuiet = isQuiet
  }

  /// Draws.
  ///
  /// - Returns: Nothing for standard output.
  /// - Throws: `FileError`; `RunError.failure` naming the signs that were not drawn, by line and position, after all
  ///   others were; `RunError.interrupted`.
  package func run() throws -> String {
    let isFile = try FileStatus(output)?.kind != .folder && output.lowercased().hasSuffix(".png")
    switch source {
    case .texts(let texts):
      let columns = try texts.enumerated().map { index, text in
        try Self.column(text, place: texts.count == 1 ? "the sign" : "sign \(index + 1)")
      }
      if isFile { try drawFile(columns) } else { try drawFolder(columns) }
    case .file(let path):
      guard !isFile else {
        throw FileError(
          output,
          "is a file, and --input may hold many signs; give a folder, which gets a file a line")
      }
      try drawLines(SignLines(path: path))
    }
    return ""
  }

  private static func column(_ text: String, place: String) throws -> SignColumn {
    do {
      return try SignColumn(text)
    } catch {
      throw RunError.failure("\(place): \(error)")
    }
  }

  private func drawFile(_ columns: [SignColumn]) throws {
    let renderer = try SignRenderer(fonts: fonts, settings: settings)
    do {
      try AtomicFile.write(
        renderer.png(of: SignColumn(joining: columns)), to: output)
    } catch let error as SignRenderingError {
      throw RunError.failure("\(error)")
    }
  }

  private func drawFolder(_ columns: [SignColumn]) throws {
    let outcomes = try folder().draw(columns)
    for case (let index, .refused(let error)) in outcomes.enumerated() {
      throw RunError.failure("sign \(index + 1): \(error)")
    }
    tell(outcomes)
  }

  /// Draws what can be drawn, and then says what could not.
  private func drawLines(_ input: SignLines) throws {
    var problems: [(line: SignLines.Line, problem: String)] = []
    var columns: [SignColumn] = []
    var lines: [SignLines.Line] = []
    for line in input.lines {
      do {
        columns.append(try SignColumn(line.text))
        lines.append(line)
      } catch {
        problems.append((line, "\(error)"))
      }
    }
    let outcomes = try folder().draw(columns)
    for case (let index, .refused(let error)) in outcomes.enumerated() {
      problems.append((lines[index], "\(error)"))
    }
    problems.sort { $0.line.number < $1.line.number }
    tell(outcomes)
    let list = output + "/" + Self.skippedName
    let isListed = try FileStatus(list) != nil
    guard !problems.isEmpty else {
      // One of an earlier input would tell of signs that are none of these.
      if isListed { try AtomicFile.write(CSV.line(["line", "sign", "reason"]), to: list) }
      return
    }
    let rows = problems.map { CSV.line([String($0.line.number), $0.line.text, $0.problem]) }
    try AtomicFile.write(CSV.line(["line", "sign", "reason"]) + rows.joined(), to: list)
    let named = problems.prefix(Self.namedProblems).map {
      "\n  line \($0.line.number): \($0.problem)"
    }
    let more = problems.count - named.count
    throw RunError.failure(
      "\(input.file): \(problems.count) of \(input.lines.count) signs are not drawn, the others are:"
        + named.joined() + (more > 0 ? "\n  and \(more) more" : "") + "\nall are listed in \(list)")
  }

  private func folder() throws -> SignImageFolder {
    try SignImageFolder(
      output, renderer: SignRenderer(fonts: fonts, settings: settings), isQuiet: isQuiet)
  }

  private func tell(_ outcomes: [SignImageFolder.Outcome]) {
    let drawn = outcomes.count { $0 == .drawn }
    let kept = outcomes.count { $0 == .kept }
    announce("\(drawn) signs drawn, \(kept) were there already", isQuiet: isQuiet)
  }
}
