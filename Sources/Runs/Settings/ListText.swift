import Files
import Foundation

/// Names in one line, separated by commas, as options and manifests have them.
///
/// A name with a comma, a quote at its start or blanks at an end stands in double quotes, a double quote in it
/// twice, as in CSV: `"tench, Tinca tinca",banded`.
package enum ListText {
  /// The line of some names.
  package static func text(_ names: [String]) -> String {
    names.map { name in
      let isPlain =
        !name.isEmpty && !name.utf8.contains(UInt8(ascii: ",")) && name.utf8.first != quote
        && name == name.trimmingCharacters(in: .whitespaces)
      return isPlain ? name : "\"" + name.replacingBytes(of: "\"", with: "\"\"") + "\""
    }.joined(separator: ",")
  }

  /// The names of a line; blanks around them are none of theirs.
  ///
  /// What begins with a quote and does not end with one is a name as it stands.
  package static func names(_ text: String) -> [String] {
    var names: [String] = []
    var rest = Array(text.utf8)[...]
    while true {
      let item = rest.drop { $0 == UInt8(ascii: " ") }
      if let (name, end) = quoted(item) {
        names.append(name)
        rest = item[end...]
      } else {
        let plain = rest.prefix { $0 != UInt8(ascii: ",") }
        names.append(String(decoding: plain, as: UTF8.self).trimmingCharacters(in: .whitespaces))
        rest = rest[plain.endIndex...]
      }
      guard rest.popFirst() != nil else { return names }  // a comma
    }
  }

  private static let quote = UInt8(ascii: "\"")

  /// The name in quotes at the start of a text, and where the comma or the end behind it is; nil when there is none.
  private static func quoted(_ text: ArraySlice<UInt8>) -> (name: String, end: Int)? {
    guard text.first == quote else { return nil }
    var name: [UInt8] = []
    var place = text.startIndex + 1
    while place < text.endIndex {
      let byte = text[place]
      place += 1
      if byte != quote {
        name.append(byte)
      } else if place < text.endIndex, text[place] == quote {
        name.append(quote)
        place += 1
      } else {
        let end = text[place...].firstIndex { $0 != UInt8(ascii: " ") } ?? text.endIndex
        guard end == text.endIndex || text[end] == UInt8(ascii: ",") else { return nil }
        return (String(decoding: name, as: UTF8.self), end)
      }
    }
    return nil
  }
}
