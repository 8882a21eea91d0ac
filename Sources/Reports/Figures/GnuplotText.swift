import Files

/// Text as gnuplot reads it in a script.
///
/// Names of classes and files are the user's: they only ever stand in double quotes, with every character that
/// means something there or in a script as its octal escape, and terminals are not `enhanced`, so that `_`, `^`
/// and braces are letters. In single quotes there are no escapes, and `''` is a quote only behind another
/// character: a name that begins with an apostrophe would end the text.
enum GnuplotText {
  /// A string constant.
  ///
  /// - Parameter text: Any text; control characters, which would end the line, become spaces, and what is no
  ///   character of XML the sign for that.
  /// - Returns: The constant with its quotes.
  static func quoted(_ text: String) -> String {
    var constant = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "'", "`", "@", "$", "!", "#":
        let digits = String(scalar.value, radix: 8)
        constant += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      case "\u{FFFE}", "\u{FFFF}": constant += "\u{FFFD}"
      default:
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: constant += " "
        default: constant.unicodeScalars.append(scalar)
        }
      }
    }
    return constant + "\""
  }

  /// A string constant for a tick's label, which gnuplot takes for a format: `%` is doubled.
  static func quotedTick(_ text: String) -> String {
    quoted(text.replacingBytes(of: "%", with: "%%"))
  }

  /// A script for the formats that cairo draws, its pictographs squares: where no font has one, cairo draws a box as
  /// large as the figure, and one of bitmaps it does not scale.
  static func withoutPictographs(_ script: String) -> String {
    func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
      guard scalar.value > 0xFFFF else { return false }
      let category = scalar.properties.generalCategory
      return category == .otherSymbol || category == .modifierSymbol
    }
    guard script.unicodeScalars.contains(where: isPictograph) else { return script }
    return String(
      String.UnicodeScalarView(script.unicodeScalars.map { isPictograph($0) ? "□" : $0 }))
  }

  /// The text cut to a number of characters, the last an ellipsis.
  static func shortened(_ text: String, to count: Int) -> String {
    text.count <= count ? text : text.prefix(count - 1) + "…"
  }
}
