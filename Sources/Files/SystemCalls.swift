import Foundation

/// Calls of the operating system that are made again until they are done.
enum SystemCalls {
  /// Writes all bytes.
  ///
  /// - Returns: What stopped it; nil when all are written.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> SystemFault? {
    var start = 0
    while start < bytes.count {
      let count = unsafe Foundation.write(
        descriptor, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        // A terminal or a pipe that another program has made non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return .last
      }
    }
    return nil
  }

  /// Reads as many bytes as are there, at most as many as fit.
  ///
  /// - Parameters:
  ///   - bytes: Gets them, at its start.
  ///   - descriptor: The file.
  /// - Returns: How many they are; 0 at the end.
  /// - Throws: `SystemFault`.
  static func read(
    into bytes: inout [UInt8], from descriptor: Int32
  ) throws(SystemFault) -> Int {
    while true {
      let count = unsafe Foundation.read(descriptor, &bytes, bytes.count)
      if count >= 0 { return count }
      if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw .last
      }
    }
  }
}

extension SystemFault: Error {}
