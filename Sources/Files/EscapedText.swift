extension String {
  /// Bytes as a text that shows every one of them: those that are no UTF-8 and control characters as
  /// `\xHH`, a backslash doubled.
  ///
  /// Names that the system gave are told so: two that differ look different.
  ///
  /// - Complexity: O(bytes).
  package init(escaping bytes: some Collection<UInt8>) {
    var text = ""
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      var parser = Unicode.UTF8.ForwardParser()
      var iterator = rest.makeIterator()
      guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else {
        text += Self.escaped(rest.removeFirst())
        continue
      }
      let scalar = Unicode.UTF8.decode(encoded)
      switch scalar {
      case "\\": text += "\\\\"
      case "\0"..<" ", "\u{7F}": text += Self.escaped(UInt8(scalar.value))
      default: text.unicodeScalars.append(scalar)
      }
      rest = rest.dropFirst(encoded.count)
    }
    self = text
  }

  private static func escaped(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// The bytes of the text in UTF-8, two digits each: `65 cc 81`.
  package var hexadecimalBytes: String {
    utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
