public import Foundation

/// Damage to files and texts, from a seed: what disks, transfers, editors and malice do.
public struct Mutator {
  private var state: UInt64

  /// The mutations of a seed.
  public init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  /// Numbers and signs that readers stumble over.
  private static let tokens: [[UInt8]] =
    [
      "9223372036854775807", "-9223372036854775808", "18446744073709551616", "4294967296",
      "2147483648", "-1", "0", "1e308", "-1e308", "1e-320", "1e400", "nan", "inf", "-inf", "0x1p9",
      "1.",
      "\"", "'", ",", ",,", ";", ":", "{", "}", "[", "]", "(", ")", "&a ", "*a", "<<", "? ", "- ",
      "\n", "\r\n", "\u{0}", "\u{feff}", "\u{202e}", "e\u{301}", "../", "/dev/zero", "null", "~",
      "true",
      "\\u0000", "\\ud800", "%n", "$(x)", "#", "\t", " ",
    ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF, 0xFE]]

  /// Brackets that nest.
  private static let brackets: [[UInt8]] = ["[", "{\"a\":", "{a: ", "- ", "(", "\"", "a."].map {
    Array($0.utf8)
  }

  /// The next random number below `bound`.
  private mutating func below(_ bound: Int) -> Int {
    // Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195.
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Int(bits % UInt64(max(bound, 1)))
  }

  /// One piece of damage, as often as not, or up to four.
  public mutating func mutated(_ data: Data) -> Data {
    var bytes = [UInt8](data)
    let count = below(2) == 0 ? 1 : 1 + below(4)
    for _ in 0..<count { mutate(&bytes) }
    return Data(bytes)
  }

  /// The same of a text, whose bytes need then be no text.
  public mutating func mutated(_ text: String) -> Data { mutated(Data(text.utf8)) }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    let isInside = place < bytes.count
    switch below(13) {
    case 0 where isInside: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where isInside: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][below(6)]
    case 2: bytes.removeLast(bytes.count - place)
    case 3: bytes.removeSubrange(range(in: bytes, from: place, most: 64))
    case 4: bytes.insert(contentsOf: bytes[range(in: bytes, from: place, most: 256)], at: place)
    case 5 where isInside: bytes.swapAt(place, below(bytes.count))
    case 6: bytes.insert(contentsOf: token(), at: place)
    case 7, 8: replaceNumber(near: place, in: &bytes)
    case 9: overwrite(place, in: &bytes)
    case 10:
      let bracket = Self.brackets[below(Self.brackets.count)]
      // Rarely as many as end a stack: most of the time would go into them.
      let count = [20_000, 600, 600, 70, 70, 70, 70, 3, 3, 3, 3, 3, 3, 3, 3, 3][below(16)]
      bytes.insert(contentsOf: [[UInt8]](repeating: bracket, count: count).joined(), at: place)
    case 11: bytes.replaceSubrange(range(in: bytes, from: place, most: 16), with: token())
    default:
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      guard lines.count > 2 else { return }
      let moved = lines[below(lines.count)]
      bytes.insert(contentsOf: [10] + moved, at: place)
    }
  }

  private mutating func token() -> [UInt8] { Self.tokens[below(Self.tokens.count)] }

  private mutating func range(in bytes: [UInt8], from place: Int, most: Int) -> Range<Int> {
    place..<min(bytes.count, place + below(most + 1))
  }

  /// Puts another number in place of the next one that is written in digits.
  private mutating func replaceNumber(near place: Int, in bytes: inout [UInt8]) {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || byte == 46 }
    guard
      let start = bytes[place...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit)
    else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Self.tokens[below(16)])
  }

  /// Writes the least and largest integers over four or eight bytes.
  private mutating func overwrite(_ place: Int, in bytes: inout [UInt8]) {
    let word: [UInt8] = [
      [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0, 0, 0, 0],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0x80],
      [0, 0, 0, 0, 0, 0, 0xF0, 0x7F], [0, 0, 0xC0, 0x7F], [0, 0, 0, 0, 1, 0, 0, 0],
    ][below(9)]
    for (offset, byte) in word.enumerated() where place + offset < bytes.count {
      bytes[place + offset] = byte
    }
  }
}
