public import Foundation

/// A folder for the files of one test, removed when the test lets go of it.
public final class TemporaryFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// Makes the folder.
  public init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "topoclip-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders above it, and returns its path.
  public func write(_ data: Data, _ name: String) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url.path
  }

  /// Makes a folder in it whose name has any bytes, of which Swift's texts hold UTF-8 alone.
  ///
  /// - Throws: `POSIXError` when the system refuses.
  public func makeFolder(named name: [UInt8]) throws {
    guard unsafe mkdir(bytes(of: name), 0o777) == 0 else { throw POSIXError(.EIO) }
  }

  /// Makes an empty file in it whose name has any bytes.
  ///
  /// - Throws: `POSIXError` when the system refuses.
  public func makeFile(named name: [UInt8]) throws {
    let descriptor = unsafe open(bytes(of: name), O_CREAT | O_WRONLY, 0o666)
    guard descriptor >= 0 else { throw POSIXError(.EIO) }
    close(descriptor)
  }

  private func bytes(of name: [UInt8]) -> [CChar] {
    (Array(path.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
  }

  /// Writes a text file, with the folders above it, and returns its path.
  public func write(_ text: String, _ name: String) throws -> String {
    try write(Data(text.utf8), name)
  }
}
