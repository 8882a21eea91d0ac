/// Formal SignWriting in ASCII.
///
/// `[A symbol+] [BLMR] coordinates (symbol coordinates)*`, or symbols with coordinates alone.
extension SignReader {
  /// The sign that the whole range holds.
  ///
  /// - Throws: `SignError`.
  mutating func readFSW() throws(SignError) -> Sign {
    var sign = Sign(symbols: [])
    if next == "A" {
      advance()
      repeat { sign.prefix.append(try readSymbol()) } while next == "S"
    }
    if let lane = next.flatMap(Sign.Lane.init(letter:)) {
      advance()
      sign.lane = lane
      sign.corner = try readPlace()
    } else if next != "S" || !sign.prefix.isEmpty {
      throw error(
        expected: sign.prefix.isEmpty
          ? "a sign: A and the symbols that it is sorted by, a lane (B, L, M or R), or S for a symbol"
          : "S for the next symbol of the prefix, or a lane (B, L, M or R)")
    }
    while next != nil {
      guard next == "S" else {
        throw error(expected: "S for the next symbol, or white space before the next sign")
      }
      let symbol = try readSymbol()
      sign.symbols.append(Sign.Placed(symbol, at: try readPlace()))
    }
    return sign
  }

  private mutating func readSymbol() throws(SignError) -> SignSymbol {
    guard next == "S" else { throw error(expected: "S and the five digits of a symbol") }
    let start = index
    advance()
    let first = try readHexadecimal(1...3, "1, 2 or 3, the first digit of a symbol’s base")
    let second = try readHexadecimal(0...15, "a digit of the symbol’s base, 0–9 or a–f")
    let third = try readHexadecimal(0...15, "a digit of the symbol’s base, 0–9 or a–f")
    let fill = try readHexadecimal(SignSymbol.fills, "the symbol’s fill, 0 to 5")
    let rotation = try readHexadecimal(
      SignSymbol.rotations, "the symbol’s rotation, 0–9 or a–f")
    guard
      let symbol = SignSymbol(
        base: first << 8 | second << 4 | third, fill: fill, rotation: rotation)
    else { throw error(at: start, count: 6, expected: "a symbol from S10000 to S3ff5f") }
    return symbol
  }

  private mutating func readHexadecimal(_ range: ClosedRange<Int>, _ name: String)
    throws(SignError) -> Int
  {
    let digit: Int
    switch next {
    case .some(let scalar) where ("0"..."9").contains(scalar):
      digit = Int(scalar.value) - 0x30
    case .some(let scalar) where ("a"..."f").contains(scalar):
      digit = Int(scalar.value) - 0x61 + 10
    default: throw error(expected: name)
    }
    guard range.contains(digit) else { throw error(expected: name) }
    advance()
    return digit
  }

  private mutating func readPlace() throws(SignError) -> Sign.Point {
    let x = try readCoordinate()
    guard next == "x" else { throw error(expected: "x between two coordinates of three digits") }
    advance()
    return Sign.Point(x: x, y: try readCoordinate())
  }

  private mutating func readCoordinate() throws(SignError) -> Int {
    let start = index
    var number = 0
    for _ in 0..<3 {
      guard let scalar = next, ("0"..."9").contains(scalar) else {
        throw error(expected: "a digit of a coordinate, which has three")
      }
      number = number * 10 + Int(scalar.value) - 0x30
      advance()
    }
    guard Sign.coordinates.contains(number) else {
      throw error(at: start, count: 3, expected: "a coordinate from 250 to 749")
    }
    return number
  }
}

extension Sign.Lane {
  /// The lane of a letter in FSW.
  init?(letter: Unicode.Scalar) {
    switch letter {
    case "B": self = .box
    case "L": self = .left
    case "M": self = .middle
    case "R": self = .right
    default: return nil
    }
  }
}
