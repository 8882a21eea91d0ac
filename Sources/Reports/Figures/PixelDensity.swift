import Foundation

/// How many pixels of a PNG file are an inch, as programs that lay out pages read it.
enum PixelDensity {
  /// The file with a chunk pHYs (ISO/IEC 15948, 11.3.5.3) right behind its header, in place of any that it has.
  ///
  /// - Parameters:
  ///   - png: A PNG file.
  ///   - pixelsPerInch: The density; written as whole pixels a metre.
  /// - Returns: The new file; the old one where it is no PNG file.
  static func written(into png: Data, pixelsPerInch: Double) -> Data {
    let bytes = [UInt8](png)
    // Signature, then a header of 13 bytes in a chunk of 25.
    let start = 33
    guard bytes.starts(with: signature), bytes.count > start,
      Array(bytes[12..<16]) == Array("IHDR".utf8)
    else { return png }
    let density = UInt32((pixelsPerInch / 0.0254).rounded())
    var result = Array(bytes[..<start])
    // The last byte: the unit is the metre.
    result += chunk("pHYs", bigEndian(density) + bigEndian(density) + [1])
    var place = start
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = place + 12 + length
      guard end <= bytes.count else { return png }
      if Array(bytes[place + 4..<place + 8]) != Array("pHYs".utf8) { result += bytes[place..<end] }
      place = end
    }
    return Data(result + bytes[place...])
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(checksum(body))
  }

  /// CRC-32 of ISO 3309, bit by bit: for a few bytes.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
