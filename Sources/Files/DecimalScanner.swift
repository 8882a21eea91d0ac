import Foundation

/// A number that a decimal text can be rounded to.
protocol DecimalReadable: BinaryFloatingPoint, LosslessStringConvertible, Sendable {
  /// The number nearest to digits · 10^exponent; nil when that is not sure from double precision.
  ///
  /// - Parameters:
  ///   - digits: The digits as a whole number.
  ///   - exponent: The power of ten that it is multiplied by.
  /// - Returns: The number, rounded once, or nil.
  static func quickly(_ digits: UInt64, _ exponent: Int) -> Self?
}

extension DecimalReadable {
  /// The number that a field is, in decimal digits, `inf` or `nan`, or True or False as Python writes them.
  init?(field text: String) {
    switch text {
    case "True", "TRUE", "true": self = 1
    case "False", "FALSE", "false": self = 0
    default:
      // The standard library reads hexadecimal digits, too.
      guard !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }),
        let number = Self(text.utf8.first == UInt8(ascii: "+") ? String(text.dropFirst()) : text)
      else { return nil }
      self = number
    }
  }
}

/// Powers of ten that double precision holds exactly.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

extension Double: DecimalReadable {
  /// Exact digits and an exact power need one rounding (Clinger 1990, doi:10.1145/93542.93557).
  static func quickly(_ digits: UInt64, _ exponent: Int) -> Double? {
    guard digits < 1 << 53, exponent.magnitude <= 22 else { return nil }
    let power = powersOfTen[Int(exponent.magnitude)]
    return exponent < 0 ? Double(digits) / power : Double(digits) * power
  }
}

extension Float: DecimalReadable {
  /// Double precision is off by less than two of its units, which decides the float unless the value
  /// lies as close to the middle of two floats.
  static func quickly(_ digits: UInt64, _ exponent: Int) -> Float? {
    guard exponent.magnitude <= 22 else { return nil }
    if digits == 0 { return 0 }
    let power = powersOfTen[Int(exponent.magnitude)]
    let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
    guard value >= 0x1p-120, value <= 0x1p120 else { return nil }
    let middle = Int(1) << 28  // of the 29 bits that a float lacks
    let rest = Int(value.bitPattern & 0x1FFF_FFFF)
    return abs(rest - middle) > 4 ? Float(value) : nil
  }
}

/// Reads decimal numbers one after another from bytes, each rounded once.
struct DecimalScanner {
  let bytes: [UInt8]
  private(set) var position = 0
  private var start = 0
  /// The number that was read last, where it was written with nothing but digits.
  private(set) var wholeNumber: UInt64?

  init(_ data: Data) { bytes = [UInt8](data) }

  /// Goes on from another place.
  mutating func move(to place: Int) { position = place }

  /// The byte at the position; nil at the end.
  var current: UInt8? {
    @inline(__always) get { position < bytes.count ? bytes[position] : nil }
  }

  /// Passes over the current byte.
  @inline(__always)
  mutating func skip() { position += 1 }

  /// The text that was read last, cut to a length fit for messages.
  var token: String {
    String(decoding: bytes[start..<min(position, start + 40)], as: UTF8.self)
  }

  /// The number that begins here and ends before a comma, semicolon, blank or line end; nil when it is none.
  @inline(__always)
  mutating func next<Scalar: DecimalReadable>(_ type: Scalar.Type) -> Scalar? {
    start = position
    var end = position
    var digits: UInt64 = 0
    var leadingZeros = 0
    var isSignificant = false
    var point: Int?
    var isPlain = true
    while end < bytes.count {
      let byte = bytes[end]
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        // Not told from the number so far, which wraps.
        if isSignificant || digit > 0 { isSignificant = true } else { leadingZeros += 1 }
      } else if byte == UInt8(ascii: "."), point == nil {
        point = end
      } else if Self.isSeparator(byte) {
        break
      } else {
        isPlain = false
      }
      end += 1
    }
    position = end
    wholeNumber = nil
    let digitCount = end - start - (point == nil ? 0 : 1)
    // 19 digits fit into 64 bits. Signs and exponents are rare enough for the slow way.
    if isPlain, digitCount > 0, digitCount - leadingZeros <= 19,
      let value = Scalar.quickly(digits, point.map { $0 + 1 - end } ?? 0)
    {
      if point == nil { wholeNumber = digits }
      return value
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return Scalar(field: text)
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ")
      || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: ";")
  }
}
