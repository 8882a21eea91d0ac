extension Sign {
  /// The signs that can be made out in a text, however it is damaged: for evaluation alone.
  ///
  /// A model that writes signs leaves some half written, and they have a score too. What PyPI `signwriting`
  /// 0.1.19 makes of a text: prefixes are dropped, every lane begins a sign, spaces part signs; of a sign
  /// the first box counts, (500, 500) in the middle lane without one, and every symbol with coordinates of
  /// three digits; all else is passed over. A text by the grammar gives its signs, without prefixes.
  ///
  /// - Returns: At least one, perhaps without symbols; coordinates from 0 to 999.
  package static func signs(tolerating text: String) -> [Sign] {
    TolerantSignReader(text).signs
  }
}

/// What `Sign.signs(tolerating:)` does.
private struct TolerantSignReader {
  private let parts: [ArraySlice<Unicode.Scalar>]

  init(_ text: String) {
    let spaced = Self.spaced(Self.withoutSWU(Array(text.unicodeScalars)))
    let bare = Self.withoutPrefixes(Self.stripped(spaced[...]))
    let parts = Self.stripped(bare[...]).split(separator: " ")
    self.parts = parts.isEmpty ? [[]] : parts
  }

  var signs: [Sign] { parts.map { Self.sign(Array($0)) } }

  /// The text with SWU in ASCII: of coordinates only pairs are known.
  private static func withoutSWU(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard text.contains(where: { $0.value >= SWU.prefix.value }) else { return text }
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < text.count {
      let scalar = text[index]
      if scalar == SWU.prefix {
        result.append("A")
      } else if let lane = SWU.lane(of: scalar) {
        result += lane.rawValue.unicodeScalars
      } else if let number = SWU.number(of: scalar), number < 0x10000,
        let symbol = SignSymbol(number: number)
      {
        result += symbol.key.unicodeScalars
      } else if let x = coordinate(scalar), index + 1 < text.count,
        let y = coordinate(text[index + 1])
      {
        result += "\(x)x\(y)".unicodeScalars
        index += 1
      } else {
        result.append(scalar)
      }
      index += 1
    }
    return result
  }

  /// The reference knows more characters as coordinates than the notation has.
  private static func coordinate(_ scalar: Unicode.Scalar) -> Int? {
    (0x1D80C...0x1DFFF).contains(scalar.value) ? Int(scalar.value) - 0x1D80C + 250 : nil
  }

  /// The text with a space before every lane.
  private static func spaced(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text {
      if Sign.Lane(letter: scalar) != nil { result.append(" ") }
      result.append(scalar)
    }
    return result
  }

  /// The text without white space at its ends.
  private static func stripped(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var text = text
    while let first = text.first, first.isPythonSpace { text.removeFirst() }
    while let last = text.last, last.isPythonSpace { text.removeLast() }
    return text
  }

  /// The text without the words that begin with A.
  private static func withoutPrefixes(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var (isInWord, isInPrefix) = (false, false)
    for scalar in text {
      let isOfWord = isOfWord(scalar)
      if isOfWord, !isInWord { isInPrefix = scalar == "A" }
      if !isOfWord { isInPrefix = false }
      isInWord = isOfWord
      if !isInPrefix { result.append(scalar) }
    }
    return result
  }

  private static func sign(_ text: [Unicode.Scalar]) -> Sign {
    var sign = Sign(symbols: [])
    for (index, scalar) in text.enumerated() {
      if let lane = Sign.Lane(letter: scalar), let corner = place(text, at: index + 1) {
        sign.lane = lane
        sign.corner = corner
        break
      }
    }
    var index = 0
    while index < text.count {
      if let symbol = symbol(text, at: index), let place = place(text, at: index + 6) {
        sign.symbols.append(Sign.Placed(symbol, at: place))
        index += 13
      } else {
        index += 1
      }
    }
    return sign
  }

  private static func symbol(_ text: [Unicode.Scalar], at index: Int) -> SignSymbol? {
    guard index + 6 <= text.count, text[index] == "S" else { return nil }
    var digits: [Int] = []
    for scalar in text[index + 1..<index + 6] {
      switch scalar {
      case "0"..."9": digits.append(Int(scalar.value) - 0x30)
      case "a"..."f": digits.append(Int(scalar.value) - 0x61 + 10)
      default: return nil
      }
    }
    return SignSymbol(
      base: digits[0] << 8 | digits[1] << 4 | digits[2], fill: digits[3], rotation: digits[4])
  }

  private static func place(_ text: [Unicode.Scalar], at index: Int) -> Sign.Point? {
    guard index + 7 <= text.count, text[index + 3] == "x", let x = number(text, at: index),
      let y = number(text, at: index + 4)
    else { return nil }
    return Sign.Point(x: x, y: y)
  }

  /// A number of three digits, of any script as the reference has it.
  private static func number(_ text: [Unicode.Scalar], at index: Int) -> Int? {
    var number = 0
    for scalar in text[index..<index + 3] {
      guard scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue
      else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }

  /// A letter, a number or the underscore, as Python has them.
  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: scalar == "_" || scalar.properties.numericType != nil
    }
  }
}
