/// SignWriting in Unicode: the same grammar in characters of its own.
extension SignReader {
  /// Whether the next sign is written in SWU, by its first character.
  var isAtSWU: Bool {
    next.map { SWU.marks.contains($0) || SWU.number(of: $0) != nil } ?? false
  }

  /// The sign that the whole range holds.
  ///
  /// - Throws: `SignError`.
  mutating func readSWU() throws(SignError) -> Sign {
    var sign = Sign(symbols: [])
    if next == SWU.prefix {
      advance()
      repeat { sign.prefix.append(try readSWUSymbol()) } while next.flatMap(SWU.number(of:)) != nil
    }
    if let lane = next.flatMap(SWU.lane(of:)) {
      advance()
      sign.lane = lane
      sign.corner = try readSWUPlace()
    } else if next.flatMap(SWU.number(of:)) == nil || !sign.prefix.isEmpty {
      throw error(
        expected: sign.prefix.isEmpty
          ? "a sign: U+1D800 and the symbols that it is sorted by, a lane (U+1D801 to U+1D804), or a symbol"
          : "the next symbol of the prefix, or a lane (U+1D801 to U+1D804)")
    }
    while next != nil {
      guard next.flatMap(SWU.number(of:)) != nil else {
        throw error(
          expected: "the next symbol (from U+40001), or white space before the next sign")
      }
      let symbol = try readSWUSymbol()
      sign.symbols.append(Sign.Placed(symbol, at: try readSWUPlace()))
    }
    return sign
  }

  private mutating func readSWUSymbol() throws(SignError) -> SignSymbol {
    guard let number = next.flatMap(SWU.number(of:)), let symbol = SignSymbol(number: number)
    else { throw error(expected: "a symbol, from U+40001") }
    advance()
    return symbol
  }

  private mutating func readSWUPlace() throws(SignError) -> Sign.Point {
    let x = try readSWUCoordinate()
    return Sign.Point(x: x, y: try readSWUCoordinate())
  }

  private mutating func readSWUCoordinate() throws(SignError) -> Int {
    guard let coordinate = next.flatMap(SWU.coordinate(of:)) else {
      throw error(expected: "a coordinate, U+1D80C (250) to U+1D9FF (749)")
    }
    advance()
    return coordinate
  }
}
