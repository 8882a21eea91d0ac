/// Text of data made safe to stand in a page.
enum HTML {
  /// The text with every character that means something in HTML replaced, in content and in quoted attributes.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // Control characters are no characters of HTML; a line end and a tab are.
      case "\u{0}"..<"\u{9}", "\u{B}"..<"\u{20}", "\u{7F}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// A name that an element's `id` may have: letters, digits and hyphens, what else there is as hyphens.
  static func identifier(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  /// JSON that may stand in a `script` element, whatever its texts are.
  static func scriptJSON(_ json: String) -> String {
    json.replacing("&", with: "\\u0026").replacing("<", with: "\\u003c")
      .replacing(">", with: "\\u003e").replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }

  /// A paragraph of text.
  static func paragraph(_ text: String, class name: String? = nil) -> String {
    "<p\(name.map { " class=\"\($0)\"" } ?? "")>\(escaped(unbroken(text)))</p>\n"
  }

  /// The text with spaces that no line is broken at inside `σ = 2`, `p < 0.01` and `95 %`.
  static func unbroken(_ text: String) -> String {
    text.replacing(" %", with: "\u{A0}%")
      .replacing(#/ ([=<]) /#) { "\u{A0}\($0.1)\u{A0}" }
  }
}
