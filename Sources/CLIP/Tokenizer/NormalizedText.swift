import Foundation

/// Text as CLIP's tokenizer reads it: composed (NFC), each run of white space one space, lower case.
///
/// The reference (Hugging Face `tokenizers` 0.23) composes by the tables of Unicode 9.0 and tells
/// letters and digits apart by those of Unicode 16.0; characters of later versions are held to that
/// here by their age, so that the ids do not change with Swift's own tables.
struct NormalizedText {
  /// What the splitting into words asks of a character.
  enum Category: UInt8 {
    case space
    case letter
    case number
    case other
  }

  /// The text in UTF-8.
  private(set) var bytes: [UInt8] = []
  /// For each byte the category of the character that it belongs to.
  private(set) var categories: [Category] = []

  /// Normalises UTF-8 text.
  init(_ text: ArraySlice<UInt8>) {
    bytes.reserveCapacity(text.count)
    categories.reserveCapacity(text.count)
    var string = String(decoding: text, as: UTF8.self)
    // Every character below U+0300, whose first byte is 0xCC, is composed already.
    if text.contains(where: { $0 >= 0xCC }) { string = Self.composed(string) }
    for scalar in string.unicodeScalars {
      if scalar.isASCII {
        appendASCII(UInt8(truncatingIfNeeded: scalar.value))
      } else if scalar.properties.isWhitespace {
        appendSpace()
      } else if scalar.properties.changesWhenLowercased {
        // Character by character, so that no sigma is final.
        for lower in scalar.properties.lowercaseMapping.unicodeScalars { append(lower) }
      } else {
        append(scalar)
      }
    }
  }

  private mutating func appendASCII(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): append(byte, .letter)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): append(byte | 0x20, .letter)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): append(byte, .number)
    case 0x20, 0x09...0x0D: appendSpace()
    default: append(byte, .other)
    }
  }

  private mutating func append(_ byte: UInt8, _ category: Category) {
    bytes.append(byte)
    categories.append(category)
  }

  private mutating func appendSpace() {
    if categories.last != .space { append(UInt8(ascii: " "), .space) }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    let category = Self.category(of: scalar)
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte, category) }
  }

  private static func category(of scalar: Unicode.Scalar) -> Category {
    guard !isNewer(scalar, than: 16) else { return .other }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .number
    default: .other
    }
  }

  /// Whether the character is unassigned or was assigned after a version of Unicode.
  private static func isNewer(_ scalar: Unicode.Scalar, than major: Int) -> Bool {
    guard let age = scalar.properties.age else { return true }
    return age.major > major
  }

  /// The canonical composition (NFC) by the tables of Unicode 9.0.
  ///
  /// To those tables a newer character neither combines nor moves: what stands before it and what
  /// stands after it are composed apart.
  private static func composed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var run = String.UnicodeScalarView()
    var marks: [Unicode.Scalar] = []
    // Foundation takes time quadratic in the number of marks that are out of order.
    func endMarks() {
      run.append(contentsOf: marks.sorted { combiningClass($0) < combiningClass($1) })
      marks.removeAll()
    }
    // Foundation (Swift 6.3) overlooks a final consonant after a Hangul syllable (U+AC00 U+11A8)
    // unless the syllable is taken apart first.
    func endRun() {
      endMarks()
      let decomposed = String(run).decomposedStringWithCanonicalMapping
      result.append(contentsOf: decomposed.precomposedStringWithCanonicalMapping.unicodeScalars)
      run = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if isNewer(scalar, than: 9) || isSoleJamo(scalar) {
        endRun()
        result.append(scalar)
      } else if combiningClass(scalar) != .notReordered {
        marks.append(scalar)
      } else {
        if !marks.isEmpty { endMarks() }
        run.append(scalar)
      }
    }
    endRun()
    return String(result)
  }

  /// Whether a letter of Hangul is of the old ones, which never combine.
  ///
  /// Foundation (Swift 6.3) makes U+1176 and U+11A7 part of a syllable.
  private static func isSoleJamo(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1113...0x1160, 0x1176...0x11A7, 0x11C3...0x11FF: true
    default: false
    }
  }

  private static func combiningClass(
    _ scalar: Unicode.Scalar
  ) -> Unicode.CanonicalCombiningClass {
    scalar.properties.canonicalCombiningClass
  }
}

extension NormalizedText {
  private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map {
    [UInt8]($0.utf8)
  }
  private static let specialTokens = [Tokenizer.startName, Tokenizer.endName].map {
    [UInt8]($0.utf8)
  }

  /// Cuts a part of the text into words: contractions, runs of letters, single digits, and runs of
  /// anything else; the spaces between are dropped.
  ///
  /// This is `<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`,
  /// each match cut once more by the byte-level splitting, which takes the two names apart again:
  /// of them remains only that `|>` does not join the punctuation that follows it.
  func words(in range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let category = categories[start]
      let rest = bytes[start..<range.upperBound]
      var end = start + 1
      if category == .number {
        while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
      } else if category == .other,
        let contraction = Self.contractions.first(where: { rest.starts(with: $0) })
      {
        end = start + contraction.count
      } else if category == .other,
        let name = Self.specialTokens.first(where: { rest.starts(with: $0) })
      {
        end = start + name.count
        words.append(start..<start + 2)
        words.append(start + 2..<end - 2)
        start = end - 2
      } else {
        while end < range.upperBound, categories[end] == category { end += 1 }
      }
      if category != .space { words.append(start..<end) }
      start = end
    }
    return words
  }
}
