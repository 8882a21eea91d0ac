import CZlib

/// Streams of zlib (RFC 1950, 1951).
public enum ZlibStream {
  /// Bytes and zeros after them, compressed: a thousand zeros take about a byte.
  public static func compressed(_ bytes: [UInt8], zeros: Int = 0) -> [UInt8] {
    var stream = unsafe z_stream()
    unsafe deflateInit_(
      &stream, Z_BEST_COMPRESSION, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { unsafe deflateEnd(&stream) }
    var result: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    let block = [UInt8](repeating: 0, count: 1 << 16)
    func add(_ input: [UInt8], isLast: Bool) {
      var input = input
      unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(input.count)
        repeat {
          let written = unsafe room.withUnsafeMutableBufferPointer { output in
            unsafe stream.next_out = output.baseAddress
            unsafe stream.avail_out = UInt32(output.count)
            unsafe deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            return unsafe output.count - Int(stream.avail_out)
          }
          result += room.prefix(written)
        } while unsafe stream.avail_out == 0
      }
    }
    add(bytes, isLast: false)
    for _ in 0..<zeros / block.count { add(block, isLast: false) }
    add(Array(block.prefix(zeros % block.count)), isLast: true)
    return result
  }

  /// CRC-32 of bytes (ISO 3309).
  public static func checksum(_ bytes: [UInt8]) -> UInt32 {
    unsafe UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  /// One stored block, nothing compressed; at most 65535 bytes.
  public static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    let lengths = [count, ~count].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let checksum = [b >> 8, b, a >> 8, a].map { UInt8(truncatingIfNeeded: $0) }
    return [0x78, 0x01, 0x01] + lengths + bytes + checksum
  }
}
