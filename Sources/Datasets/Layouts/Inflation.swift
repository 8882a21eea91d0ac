import CZlib

/// A zlib stream (RFC 1950) that is inflated from its beginning on, as far as it is asked for, once.
@safe final class Inflation {
  private let input: ArraySlice<UInt8>
  private var consumed = 0
  /// zlib keeps the address: it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isAtEnd = false

  /// A stream of the given bytes.
  init(_ input: ArraySlice<UInt8>) {
    self.input = input
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has no memory for its state")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Appends the next bytes of the content.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - bytes: What they are appended to.
  /// - Returns: How many there were, fewer only at the end of the stream; nil when it is damaged or cut
  ///   short.
  /// - Complexity: O(count + bytes of the stream).
  func append(_ count: Int, to bytes: inout [UInt8]) -> Int? {
    let start = bytes.count
    var end = start
    bytes.reserveCapacity(start + count)
    bytes.append(contentsOf: repeatElement(0, count: count))
    while end < bytes.count, !isAtEnd {
      guard
        let written = unsafe bytes.withUnsafeMutableBufferPointer({ buffer in
          unsafe step(into: UnsafeMutableBufferPointer(rebasing: buffer[end...]))
        })
      else { return nil }
      end += written
    }
    bytes.removeSubrange(end...)
    return end - start
  }

  /// Whether the content ends here, and its checksum is right.
  var endsHere: Bool {
    var further: [UInt8] = []
    return append(1, to: &further) == 0
  }

  /// Inflates once; nil when the stream is damaged or has no more bytes.
  private func step(into output: UnsafeMutableBufferPointer<UInt8>) -> Int? {
    unsafe input.withUnsafeBufferPointer { input in
      // zlib counts in 32 bits.
      let available = min(input.count - consumed, 1 << 30)
      let room = min(output.count, 1 << 30)
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress.map { unsafe $0 + consumed })
      unsafe stream.pointee.avail_in = UInt32(available)
      unsafe stream.pointee.next_out = output.baseAddress
      unsafe stream.pointee.avail_out = UInt32(room)
      let code = unsafe inflate(stream, Z_NO_FLUSH)
      let read = unsafe available - Int(stream.pointee.avail_in)
      let written = unsafe room - Int(stream.pointee.avail_out)
      consumed += read
      switch code {
      case Z_STREAM_END: isAtEnd = true
      case Z_OK where read > 0 || written > 0: break
      default: return nil
      }
      return written
    }
  }
}
