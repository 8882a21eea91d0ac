import Files

/// Markup that text cannot become part of.
///
/// A literal is markup as it stands; what is interpolated into it is text, a number or markup. Text and numbers are
/// escaped, so that they mean themselves in content and in quoted attributes; markup is inserted as it is. Literals
/// are `StaticString`s, which no text of data can become, so such text reaches a page by interpolation alone:
///
///     let cell: HTML = "<td title=\"\(path)\">\(name)</td>"
///
/// Time and memory of building are linear in the length of the whole.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The markup as a file has it.
  package private(set) var markup: String

  package init(stringLiteral markup: StaticString) { self.markup = markup.description }

  package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  /// What is known to be safe where it will stand.
  private init(safe markup: String) { self.markup = markup }

  package var isEmpty: Bool { markup.isEmpty }

  package static func += (html: inout HTML, more: HTML) { html.markup += more.markup }

  package static func + (first: HTML, second: HTML) -> HTML { "\(first)\(second)" }

  /// What a literal is put together in.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { markup += literal.description }

    /// Inserts markup as it is.
    package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    /// Inserts markup where a condition is met, such as an attribute that not every element has.
    package mutating func appendInterpolation(_ html: HTML, if isThere: Bool) {
      if isThere { markup += html.markup }
    }

    /// Inserts text, with every character that means something in HTML replaced.
    package mutating func appendInterpolation(_ text: String) {
      // Most texts have none, images in base64 among them: they are copied whole.
      guard text.utf8.contains(where: Self.isReplaced) else {
        markup += text
        return
      }
      for character in text.unicodeScalars {
        switch character {
        case "&": markup += "&amp;"
        case "<": markup += "&lt;"
        case ">": markup += "&gt;"
        case "\"": markup += "&quot;"
        case "'": markup += "&#39;"
        case _ where character.isASCII && Self.isReplaced(UInt8(ascii: character)),
          "\u{FFFE}", "\u{FFFF}":
          markup += "\u{FFFD}"
        default: markup.unicodeScalars.append(character)
        }
      }
    }

    /// Inserts text or a number, escaped.
    package mutating func appendInterpolation(_ value: some LosslessStringConvertible) {
      appendInterpolation(String(value))
    }

    /// Control characters are no characters of HTML and XML; a line end and a tab are.
    ///
    /// U+FFFE and U+FFFF are none either: what begins with their first byte is looked at.
    private static func isReplaced(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "'"):
        true
      case 0x9, 0xA: false
      case 0..<0x20, 0x7F, 0xEF: true
      default: false
      }
    }
  }
}

extension Sequence<HTML> {
  /// The pieces one after another, with markup between them.
  package func joined(separator: HTML = "") -> HTML {
    var (html, isFirst): (HTML, Bool) = ("", true)
    for piece in self {
      if !isFirst { html += separator }
      html += piece
      isFirst = false
    }
    return html
  }
}

// MARK: Parts of a page

extension HTML {
  /// A resource of this library, a style sheet or a script.
  init(resource: [UInt8]) { self.init(safe: String(decoding: resource, as: UTF8.self)) }

  /// A name that an element's `id` may have: letters, digits and hyphens, what else there is as hyphens.
  package static func identifier(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  /// JSON that may stand in a `script` element, whatever its texts are.
  package static func scriptJSON(_ json: String) -> HTML {
    HTML(
      safe: [
        ("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e"), ("\u{2028}", "\\u2028"),
        ("\u{2029}", "\\u2029"),
      ].reduce(json) { $0.replacingBytes(of: $1.0, with: $1.1) })
  }

  /// A paragraph of text.
  package static func paragraph(_ text: String, class name: String = "") -> HTML {
    "<p\(" class=\"\(name)\"", if: !name.isEmpty)>\(unbroken(text))</p>\n"
  }

  /// A list of sentences.
  package static func list(_ items: [String]) -> HTML {
    "<ul>\(items.map { item -> HTML in "<li>\(item)</li>\n" }.joined())</ul>"
  }

  /// What is folded away until it is asked for.
  ///
  /// - Parameters:
  ///   - id: The element's id; empty for none.
  ///   - summary: What is seen of it.
  ///   - contents: What it hides; a fold of nothing is nothing.
  ///   - name: Its classes: of `screen` folds paper has nothing but the summary's words, left out too.
  ///   - isOpen: Whether it is open at first.
  /// - Returns: Its markup.
  package static func fold(
    _ id: String = "", summary: HTML, _ contents: HTML, class name: String = "",
    isOpen: Bool = false
  ) -> HTML {
    guard !contents.isEmpty else { return "" }
    return """
      <details\(" id=\"\(id)\"", if: !id.isEmpty)\(" class=\"\(name)\"", if: !name.isEmpty)\
      \(" open", if: isOpen)><summary>\(summary)</summary>
      \(contents)</details>

      """
  }

  /// The text with spaces that no line is broken at inside `σ = 2`, `p < 0.01` and `95 %`.
  package static func unbroken(_ text: String) -> String {
    // By hand: a regular expression is compiled anew at every call, and a page has thousands.
    var marked = text.replacing(" %", with: "\u{A0}%")
    for sign in ["=", "<"] {
      marked = marked.replacing(" \(sign) ", with: "\u{A0}\(sign)\u{A0}")
    }
    return marked
  }
}
