import Files

/// The lines of a file, each a text of signs.
struct SignTexts: Sendable {
  /// The most signs of a line; more are no sentence, and their assignment would take hours.
  static let signLimit = 2000
  /// The most symbols of a sign.
  static let symbolLimit = 500

  let file: String
  let lines: [String]

  /// Reads a file; its lines end in LF or CRLF, and every one counts, the empty ones too.
  ///
  /// - Throws: `FileError` when it is missing, no text, or empty.
  init(path: String) throws {
    let text = try FileContents.readText(path)
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty else {
      throw FileError(path, "is empty; expected a text of signs a line, in FSW or SWU")
    }
    file = path
    self.lines = lines.map { line in
      Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line).description
    }
  }

  /// The signs of a line, whatever state it is in.
  ///
  /// - Throws: `FileError` naming the line with more than can be compared.
  func signs(_ index: Int) throws -> [Sign] {
    let signs = Sign.signs(tolerating: lines[index])
    guard signs.count <= Self.signLimit else {
      throw FileError(
        file,
        "line \(index + 1): has \(signs.count) signs; expected at most \(Self.signLimit); put "
          + "sentences on lines of their own")
    }
    guard signs.allSatisfy({ $0.symbols.count <= Self.symbolLimit }) else {
      throw FileError(
        file, "line \(index + 1): has a sign of more than \(Self.symbolLimit) symbols")
    }
    return signs
  }

  /// What is wrong with a line by the grammar.
  func problem(_ index: Int) -> SignError? {
    do throws(SignError) {
      _ = try Sign.signs(in: lines[index])
      return nil
    } catch {
      return error
    }
  }

  /// Whether a line is in SWU, which chrF sees as other characters.
  func isSWU(_ index: Int) -> Bool {
    lines[index].unicodeScalars.contains { SWU.marks.contains($0) || SWU.number(of: $0) != nil }
  }
}
