import Fixtures
import Foundation

/// A PNG file written down chunk by chunk, so that tests can ask for every kind, valid or not.
struct HandmadePNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  var width: UInt32
  var height: UInt32
  var depth: UInt8
  var colorType: UInt8  // 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA
  var isInterlaced = false
  var palette: [UInt8]?
  var transparency: [UInt8]?
  var scanlines: [[UInt8]]  // packed samples without the filter byte

  var data: Data { Data(Self.signature + chunks.flatMap(\.self)) }

  var chunks: [[UInt8]] {
    var header = Self.bigEndian(width) + Self.bigEndian(height)
    header += [depth, colorType, 0, 0, isInterlaced ? 1 : 0]
    var chunks = [Self.chunk("IHDR", header)]
    if let palette { chunks.append(Self.chunk("PLTE", palette)) }
    if let transparency { chunks.append(Self.chunk("tRNS", transparency)) }
    chunks.append(Self.chunk("IDAT", ZlibStream.stored(scanlines.flatMap { [0] + $0 })))
    chunks.append(Self.chunk("IEND", []))
    return chunks
  }

  static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + content
    return bigEndian(UInt32(content.count)) + body + bigEndian(checksum(body))
  }

  /// CRC-32 (ISO 3309).
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
