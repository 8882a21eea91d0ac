/// The names of files for things that may be called anything.
package enum FileName {
  /// The bytes that a name may have, in the file systems of Linux, macOS and Windows alike.
  package static let limit = 255

  /// The name of a file for a thing, such as `class-banded-clean.csv`.
  ///
  /// `%`, `/` and NUL are written `%25`, `%2F` and `%00`. A name that would pass 255 bytes is cut at a
  /// character and ends in `%~` and 16 digits of the SHA-256 of the whole, so that two names of files are
  /// equal only for equal things: `%~` stands in no other.
  ///
  /// - Parameters:
  ///   - name: What the thing is called.
  ///   - ending: What stands behind, such as a condition and an extension: a part of a file's name itself,
  ///     of at most 200 bytes.
  /// - Returns: A name of at most 255 bytes without a slash.
  package static func of(_ name: String, ending: String) -> String {
    // By bytes: a slash with an accent above it is another character and the same separator.
    var text: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "%"): text += "%25".utf8
      case UInt8(ascii: "/"): text += "%2F".utf8
      case 0: text += "%00".utf8
      default: text.append(byte)
      }
    }
    return shortened(text, of: name, ending: ending)
  }

  /// The name of a file for a thing whose own name is that of a file, cut as by `of(_:ending:)` where the
  /// ending makes it too long.
  ///
  /// - Parameters:
  ///   - name: A name without slashes.
  ///   - ending: What stands behind, of at most 200 bytes.
  /// - Returns: A name of at most 255 bytes.
  package static func shortened(_ name: String, ending: String) -> String {
    shortened(Array(name.utf8), of: name, ending: ending)
  }

  private static func shortened(_ text: [UInt8], of name: String, ending: String) -> String {
    precondition(ending.utf8.count <= limit - 55 && !ending.utf8.contains(UInt8(ascii: "/")))
    guard text.count + ending.utf8.count > limit else {
      return String(decoding: text, as: UTF8.self) + ending
    }
    let mark = "%~\("\(Digest(of: name))".prefix(16))" + ending
    return String(decoding: cut(text, to: limit - mark.utf8.count), as: UTF8.self) + mark
  }

  /// The longest beginning of so many bytes that splits neither a character's bytes nor an escape.
  private static func cut(_ text: [UInt8], to count: Int) -> [UInt8] {
    var end = count
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    if let escape = text[..<end].suffix(2).firstIndex(of: UInt8(ascii: "%")) { end = escape }
    return Array(text[..<end])
  }
}
