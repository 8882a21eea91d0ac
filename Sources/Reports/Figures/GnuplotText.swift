/// Text as gnuplot reads it in a script.
///
/// Names of classes and files are the user's: they only ever stand in single quotes, where gnuplot expands
/// neither backquotes nor `@` nor backslashes, and terminals are not `enhanced`, so that `_`, `^` and braces
/// are letters.
enum GnuplotText {
  /// A string constant.
  ///
  /// - Parameter text: Any text; control characters, which would end the line, become spaces.
  /// - Returns: The constant with its quotes.
  static func quoted(_ text: String) -> String {
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
    return "'" + line.replacing("'", with: "''") + "'"
  }

  /// A string constant for a tick's label, which gnuplot takes for a format: `%` is doubled.
  static func quotedTick(_ text: String) -> String { quoted(text.replacing("%", with: "%%")) }

  /// The text cut to a number of characters, the last an ellipsis.
  static func shortened(_ text: String, to count: Int) -> String {
    text.count <= count ? text : text.prefix(count - 1) + "…"
  }
}
