import Fixtures
import Foundation

/// An archive with one deflated member `a.npy`, put together by hand (APPNOTE.TXT of PKWARE).
enum ZippedArray {
  /// The archive of some bytes and zeros behind them.
  ///
  /// - Parameters:
  ///   - bytes: The member's first bytes.
  ///   - zeros: How many zeros follow.
  ///   - isDamaged: Whether the end of the packed bytes is wrong.
  /// - Returns: The bytes of the archive.
  static func deflated(_ bytes: [UInt8], zeros: Int = 0, isDamaged: Bool = false) -> Data {
    // zlib's stream is that of zip between two bytes and a checksum of four.
    var packed = Array(ZlibStream.compressed(bytes, zeros: zeros).dropFirst(2).dropLast(4))
    if isDamaged {
      packed.replaceSubrange((packed.count - 20)..., with: [UInt8](repeating: 7, count: 20))
    }
    let name = Array("a.npy".utf8)
    let sizes =
      integer(isDamaged ? 0 : ZlibStream.checksum(bytes), 4) + integer(UInt32(packed.count), 4)
      + integer(UInt32(bytes.count + zeros), 4) + integer(UInt32(name.count), 2) + integer(0, 2)
    let local = [0x50, 0x4B, 3, 4] + integer(20, 2) + integer(0, 2) + integer(8, 2) + integer(0, 4)
    let record =
      [0x50, 0x4B, 1, 2] + integer(20, 2) + integer(20, 2) + integer(0, 2) + integer(8, 2)
      + integer(0, 4) + sizes + [UInt8](repeating: 0, count: 14) + name
    let start = local + sizes + name + packed
    return Data(
      start + record + [0x50, 0x4B, 5, 6] + integer(0, 4) + integer(1, 2) + integer(1, 2)
        + integer(UInt32(record.count), 4) + integer(UInt32(start.count), 4) + integer(0, 2))
  }

  private static func integer(_ value: UInt32, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
