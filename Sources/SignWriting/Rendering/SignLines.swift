import Files
import Foundation

/// Texts of signs, and where each stands: a line of a file or an argument.
struct SignLines: Sendable {
  /// A text that is not blank.
  struct Line: Sendable, Equatable {
    /// From 1.
    let number: Int
    let text: String
  }

  /// What the lines stand in, for messages.
  let file: String
  let lines: [Line]

  /// The lines of a file, or of standard input for `-`; blank ones are passed over.
  ///
  /// - Throws: `FileError` when it cannot be read or has no line.
  init(path: String) throws {
    var texts: [String] = []
    if path == StandardInput.argument {
      file = StandardInput.name
      var input = StandardInput()
      while let line = try input.nextLine() { texts.append(line) }
    } else {
      file = path
      texts = try FileContents.readText(path).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline
      ).map(String.init)
    }
    lines = texts.enumerated().compactMap { index, text in
      let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty ? nil : Line(number: index + 1, text: text)
    }
    guard !lines.isEmpty else { throw FileError(file, "is empty; expected a sign a line") }
  }
}
