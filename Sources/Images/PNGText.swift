/// A text that a PNG file carries beside its pixels, in a tEXt chunk (ISO/IEC 15948, 11.3.4.3).
public struct PNGText: Sendable, Equatable {
  /// The longest text, in bytes: far beyond any caption, and libpng refuses chunks of 8 MB.
  public static let limit = 1_000_000

  /// What kind of text it is.
  public let keyword: String
  /// The text.
  public let text: String

  /// A text; nil when it is not Latin-1 without NUL, or longer than `limit`.
  ///
  /// - Parameters:
  ///   - keyword: 1 to 79 ASCII letters.
  ///   - text: The text.
  public init?(keyword: String, text: String) {
    precondition((1...79).contains(keyword.utf8.count))
    precondition(keyword.utf8.allSatisfy { (65...90).contains($0 & 0xDF) })
    guard text.unicodeScalars.count <= Self.limit else { return nil }
    guard text.unicodeScalars.allSatisfy({ $0.value > 0 && $0.value < 256 }) else { return nil }
    self.keyword = keyword
    self.text = text
  }

  /// The keyword and a NUL.
  var keywordBytes: [CChar] { keyword.utf8.map { CChar(bitPattern: $0) } + [0] }
  /// The text in Latin-1 and a NUL.
  var textBytes: [CChar] {
    text.unicodeScalars.map { CChar(bitPattern: UInt8(truncatingIfNeeded: $0.value)) } + [0]
  }
}
