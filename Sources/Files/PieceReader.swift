import Foundation

/// A regular file that is read from its beginning in pieces.
final class PieceReader {
  private let path: String
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `FileError` when there is none, and for what cannot be read again from its beginning.
  init(path: String) throws {
    guard let status = try FileStatus(path) else { throw FileContents.absence(of: path) }
    switch status.kind {
    case .file: break
    case .folder: throw FileError(path, "is a folder; expected a file")
    case .other:
      throw FileError(
        path, "is a pipe or a device, and is read more than once; save it as a file and name that")
    }
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be read", SystemFault.last) }
  }

  deinit { close(descriptor) }

  /// The next bytes, at most `count`; none at the end.
  ///
  /// - Throws: `FileError` when the disk fails.
  func read(_ count: Int) throws -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: count)
    do {
      let read = try SystemCalls.read(into: &piece, from: descriptor)
      piece.removeLast(count - read)
      return piece
    } catch {
      throw FileError(path, "cannot be read", error)
    }
  }
}
