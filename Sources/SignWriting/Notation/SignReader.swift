/// A cursor over the characters of a text of signs.
///
/// Unicode scalars, since FSW is ASCII and SWU is past the first plane: a Swift `Character` would cost more
/// and glue a stray accent to the letter before it.
struct SignReader {
  let text: [Unicode.Scalar]
  private(set) var index = 0
  private let end: Int

  /// A reader of a part of `text`; its errors count positions from the beginning of the whole.
  init(_ text: [Unicode.Scalar], range: Range<Int>) {
    self.text = text
    index = range.lowerBound
    end = range.upperBound
  }

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    self.init(scalars, range: scalars.indices)
  }

  /// The next character; nil at the end.
  var next: Unicode.Scalar? { index < end ? text[index] : nil }

  mutating func advance() { index += 1 }

  /// An error at the cursor.
  func error(expected: String) -> SignError { error(at: index, expected: expected) }

  /// An error at another place, about one character or about `count` of them.
  func error(at index: Int, count: Int = 1, expected: String) -> SignError {
    SignError(position: index + 1, found: found(at: index, count: count), expected: expected)
  }

  private func found(at index: Int, count: Int) -> String {
    guard index < end else { return "the end of the sign" }
    if count > 1 {
      return "“" + String(String.UnicodeScalarView(text[index..<min(index + count, end)])) + "”"
    }
    let scalar = text[index]
    if scalar.isASCII, scalar.value > 0x20, scalar.value < 0x7f { return "“\(scalar)”" }
    if scalar == " " { return "a space" }
    return "U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4)
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - utf8.count)) + self
  }
}
