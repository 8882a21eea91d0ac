internal import Files
internal import Foundation

/// A file of the program's own that is mapped into memory for reading.
///
/// What is mapped stays what it was when another file is renamed over it. Only who shortens the file itself while it is
/// mapped ends the process (`SIGBUS`): it is one that the program alone writes, and never but by renaming.
@safe
final class MappedFile: @unchecked Sendable {
  /// The file's bytes.
  let count: Int
  /// The first of them; valid as long as this object.
  let start: UnsafeRawPointer

  /// Maps a file.
  ///
  /// - Throws: `FileError` when there is none, or the system refuses.
  init(_ path: String, atLeast least: Int) throws {
    guard let status = try FileStatus(path) else {
      throw FileError(path, "no such file", kind: .missing)
    }
    guard status.kind == .file else { throw FileError(path, "is no regular file") }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be read", SystemFault.last) }
    defer { close(descriptor) }
    // Of the file that is open, which may be another than the one that was looked at.
    count = Int(lseek(descriptor, 0, SEEK_END))
    guard count >= least else {
      throw FileError(path, "ends after \(max(count, 0)) bytes; expected \(least) or more")
    }
    let mapped = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw FileError(path, "cannot be mapped into memory", SystemFault.last)
    }
    unsafe start = UnsafeRawPointer(mapped)
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: start), count) }

  /// A copy of some bytes.
  func bytes(_ range: Range<Int>) -> Data {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Data(bytes: start + range.lowerBound, count: range.count)
  }
}
