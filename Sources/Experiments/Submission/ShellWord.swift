import Files

/// Texts as words of a shell.
enum ShellWord {
  /// The text as a word of its own for every POSIX shell: as it is where no character in it means anything, else in
  /// single quotes.
  ///
  /// - Throws: `FileError` about the text where it holds a line end, which would cut a line of a script or of a list
  ///   of commands in two.
  static func quoted(_ text: String) throws -> String {
    guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) else {
      throw FileError(
        text, "a path with a line end in it cannot stand in a script: rename the folder")
    }
    if !text.isEmpty, text.wholeMatch(of: /[A-Za-z0-9_.,:=\/+@-]+/) != nil { return text }
    return "'" + text.replacingBytes(of: "'", with: #"'\''"#) + "'"
  }

  /// Words with spaces between.
  static func line(_ words: [String]) throws -> String {
    try words.map(quoted).joined(separator: " ")
  }
}
