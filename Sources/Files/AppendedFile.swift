import Foundation
package import LinearAlgebra
import Synchronization

/// A file of numbers that grows at its end and is read anywhere, never mapped: what is in it counts as no memory.
///
/// In the machine's byte order, for the program's own unfinished work. One thread appends; any may read what is
/// appended.
package final class AppendedFile: Sendable {
  /// The path, for messages.
  package let path: String
  private let descriptor: Int32
  private let length: Atomic<Int>
  private let hashed = Mutex(Hashed())

  /// A hash of the file's first bytes, and the same as it was when it was asked for last.
  private struct Hashed {
    var hash = SHA256()
    var count = 0
    var asked = (hash: SHA256(), count: 0)
  }

  /// Opens a file, or makes it.
  ///
  /// - Throws: `FileError`.
  package init(path: String) throws {
    self.path = path
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened", SystemFault.last) }
    length = Atomic(Int(lseek(descriptor, 0, SEEK_END)))
  }

  deinit { close(descriptor) }

  /// Its bytes.
  package var byteCount: Int { length.load(ordering: .acquiring) }

  /// Cuts off what stands behind so many bytes.
  ///
  /// - Throws: `FileError` when the file is shorter, or the disk refuses.
  package func truncate(to count: Int) throws {
    guard (0...byteCount).contains(count) else {
      throw FileError(path, "has \(byteCount) bytes; expected \(count) and more: delete its folder")
    }
    guard ftruncate(descriptor, count) == 0 else {
      throw FileError(path, "cannot be cut", SystemFault.last)
    }
    length.store(count, ordering: .releasing)
    hashed.withLock {
      if $0.count > count { ($0.hash, $0.count) = $0.asked }
      if $0.count > count { $0 = Hashed() }
    }
  }

  /// SHA-256 of all its bytes.
  ///
  /// - Throws: `FileError` when the disk fails.
  /// - Complexity: O(1) while one object appends; reads what was in the file before.
  package func digest() throws -> Digest {
    try hashed.withLock { hashed in
      while hashed.count < byteCount {
        var piece = [UInt8](repeating: 0, count: min(byteCount - hashed.count, 1 << 20))
        try unsafe piece.withUnsafeMutableBytes { try unsafe read($0, at: hashed.count) }
        hashed.hash.update(piece)
        hashed.count += piece.count
      }
      hashed.asked = (hashed.hash, hashed.count)
      return Digest(hashed.hash)
    }
  }

  /// Writes elements behind those that are there.
  ///
  /// - Throws: `FileError` when the disk refuses.
  package func append<Element: BitwiseCopyable>(_ elements: [Element]) throws {
    guard lseek(descriptor, byteCount, SEEK_SET) >= 0 else {
      throw FileError(path, "cannot be written", SystemFault.last)
    }
    let fault = unsafe elements.withUnsafeBytes { unsafe SystemCalls.write($0, to: descriptor) }
    if let fault { throw FileError(path, "cannot be written", fault) }
    hashed.withLock { hashed in
      // Else what comes before has to be read first.
      guard hashed.count == byteCount else { return }
      unsafe elements.withUnsafeBytes {
        unsafe hashed.hash.update($0)
        hashed.count += $0.count
      }
    }
    length.add(elements.count * MemoryLayout<Element>.stride, ordering: .releasing)
  }

  /// Brings what is appended onto the disk.
  ///
  /// - Throws: `FileError` when the disk refuses.
  package func synchronize() throws {
    // Not every file system can.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileError(path, "cannot be written", SystemFault.last)
    }
  }

  /// Reads elements.
  ///
  /// - Parameters:
  ///   - range: Which, counted in elements from the file's beginning.
  ///   - blank: Any element.
  /// - Returns: The elements.
  /// - Throws: `FileError` when the file is shorter or the disk fails.
  package func elements<Element: BitwiseCopyable>(
    _ range: Range<Int>, blank: Element
  ) throws -> [Element] {
    let stride = MemoryLayout<Element>.stride
    guard range.lowerBound >= 0, range.upperBound <= byteCount / stride else {
      throw FileError(path, "has \(byteCount / stride) entries; expected \(range.upperBound)")
    }
    var elements = [Element](repeating: blank, count: range.count)
    try unsafe elements.withUnsafeMutableBytes { bytes in
      try unsafe read(bytes, at: range.lowerBound * stride)
    }
    return elements
  }

  /// Reads rows of float32.
  ///
  /// - Parameters:
  ///   - indices: Which, in any order; those that follow one another are read together.
  ///   - columns: The numbers of a row.
  /// - Returns: [indices, columns].
  /// - Throws: `FileError` for a row that is not there, or when the disk fails.
  /// - Complexity: A call of the system for each run of indices.
  package func rows(_ indices: [Int], columns: Int) throws -> Matrix<Float> {
    let size = columns * MemoryLayout<Float>.stride
    let count = size == 0 ? 0 : byteCount / size
    var matrix = Matrix<Float>(rows: indices.count, columns: columns)
    guard columns > 0 else { return matrix }
    try unsafe matrix.values.withUnsafeMutableBytes { bytes in
      var start = 0
      while start < indices.count {
        var end = start + 1
        while end < indices.count, indices[end] == indices[end - 1] + 1 { end += 1 }
        guard indices[start] >= 0, indices[end - 1] < count else {
          throw FileError(path, "has \(count) rows; row \(indices[end - 1]) was asked for")
        }
        try unsafe read(
          UnsafeMutableRawBufferPointer(rebasing: bytes[start * size..<end * size]),
          at: indices[start] * size)
        start = end
      }
    }
    return matrix
  }

  private func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let start = unsafe bytes.baseAddress.map { unsafe $0 + done }
      let count = unsafe pread(descriptor, start, bytes.count - done, offset + done)
      if count < 0, errno == EINTR { continue }
      guard count != 0 else {
        throw FileError(path, "ends at byte \(offset + done); expected more")
      }
      guard count > 0 else { throw FileError(path, "cannot be read", SystemFault.last) }
      done += count
    }
  }
}
