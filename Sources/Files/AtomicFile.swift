public import Foundation

/// Writing a file so that its name never shows anything but the whole of it.
public enum AtomicFile {
  /// Writes `data` beside `path` under a temporary name, syncs it, and renames it into place.
  ///
  /// A crash at any moment leaves the old file or the new one. Missing folders are made, links are
  /// followed, and a pipe or a device is written to as it is.
  ///
  /// - Throws: `FileError` when the disk refuses; the temporary file is removed.
  public static func write(_ data: Data, to path: String) throws {
    try write(to: path) { try $0.write(contentsOf: data) }
  }

  /// Like `write(_:to:)`, for contents that `body` writes piece by piece.
  public static func write(to path: String, _ body: (FileHandle) throws -> Void) throws {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let kind = try? FileManager.default.attributesOfItem(atPath: url.path)[.type]
    if let kind = kind as? FileAttributeType, kind != .typeRegular {
      try writeThrough(to: url, kind: kind, path: path, body)
      return
    }
    let folder = url.deletingLastPathComponent()
    // A name of its own: threads, and processes of other machines, may write the same file.
    let temporary = folder.appendingPathComponent(".\(UUID().uuidString).tmp")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
        throw FileError(path, "cannot be written: is its folder writable, is the disk full?")
      }
      let handle = try FileHandle(forWritingTo: temporary)
      defer { try? handle.close() }
      try body(handle)
      try handle.synchronize()
      guard unsafe rename(temporary.path, url.path) == 0 else {
        throw FileError(path, "cannot be renamed into place: \(systemMessage())")
      }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      if let error = error as? FileError { throw error }
      throw FileError(path, "cannot be written: \(error.localizedDescription)")
    }
  }

  private static func writeThrough(
    to url: URL, kind: FileAttributeType, path: String, _ body: (FileHandle) throws -> Void
  ) throws {
    guard kind != .typeDirectory else { throw FileError(path, "is a folder; expected a file") }
    do {
      let handle = try FileHandle(forWritingTo: url)
      defer { try? handle.close() }
      try body(handle)
    } catch {
      if let error = error as? FileError { throw error }
      throw FileError(path, "cannot be written: \(error.localizedDescription)")
    }
  }

  /// Writes text as UTF-8; see `write(_:to:)`.
  public static func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  private static func systemMessage() -> String { unsafe String(cString: strerror(errno)) }
}
