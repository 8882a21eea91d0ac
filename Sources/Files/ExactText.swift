extension String {
  /// The text with every occurrence of another replaced, byte by byte.
  ///
  /// `replacing` compares characters, and a quote with an accent above it is another character than a quote: what
  /// must be escaped in a format of bytes is not found by it.
  package func replacingBytes(of old: String, with new: String) -> String {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    guard let first = old.first, utf8.contains(first) else { return self }
    let text = Array(utf8)
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      if text[place] == first, text[place...].starts(with: old) {
        result += new
        place += old.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The parts of a path between its slashes, those without a byte left out.
  package var pathParts: [String] {
    utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a text has a slash in it, whatever follows that.
  package var hasSlash: Bool { utf8.contains(UInt8(ascii: "/")) }

  /// Whether a path starts at the root, whatever follows the slash.
  package var isAbsolutePath: Bool { utf8.first == UInt8(ascii: "/") }

  /// Whether a path of files in a folder may lead out of it.
  package var mayLeadOut: Bool { isAbsolutePath || pathParts.contains("..") }
}
