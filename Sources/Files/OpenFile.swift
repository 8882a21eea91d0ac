package import Foundation

/// A file that is open for writing.
package struct OpenFile: ~Copyable {
  /// The path as the user gave it, for messages.
  private let path: String
  private var descriptor: Int32

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - place: Where it is.
  ///   - path: What to call it in messages.
  ///   - flags: How to open it, beside writing.
  ///   - permissions: Of a file that is made; the umask takes from them.
  /// - Throws: `FileError`.
  init(_ place: String, path: String, flags: Int32, permissions: UInt32 = 0o666) throws {
    self.path = path
    descriptor = unsafe open(place, O_WRONLY | O_CLOEXEC | flags, permissions)
    guard descriptor >= 0 else { throw FileError(path, "cannot be written", SystemFault.last) }
  }

  deinit { if descriptor >= 0 { _ = Foundation.close(descriptor) } }

  /// Writes bytes behind those that are there.
  ///
  /// - Throws: `FileError`.
  package func write(contentsOf data: Data) throws {
    let fault = unsafe data.withUnsafeBytes { unsafe SystemCalls.write($0, to: descriptor) }
    if let fault { throw FileError(path, "cannot be written", fault) }
  }

  /// Shows other processes that somebody writes the file, as far as the file system can.
  func lock() { _ = flock(descriptor, LOCK_EX | LOCK_NB) }

  /// Brings what is written onto the disk.
  func synchronize() throws {
    // Not every file system can.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileError(path, "cannot be written", SystemFault.last)
    }
  }

  /// Closes the file; a network file system may refuse only now what was written.
  mutating func close() throws {
    let closed = Foundation.close(descriptor)
    descriptor = -1
    guard closed == 0 || errno == EINTR else {
      throw FileError(path, "cannot be written", SystemFault.last)
    }
  }
}
