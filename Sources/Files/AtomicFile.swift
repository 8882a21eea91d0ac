public import Foundation
import Synchronization

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

  /// Writes text as UTF-8; see `write(_:to:)`.
  public static func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Like `write(_:to:)`, for contents that `body` writes piece by piece.
  package static func write(
    to path: String, _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      switch try FileStatus(url.path)?.kind {
      case .folder: throw FileError(path, "is a folder; expected a file")
      case .other: try writeThrough(to: url.path, path: path, body)
      case .file, nil: try replace(url, path: path, body)
      }
    } catch {
      guard SystemFault(error) != nil || (error as NSError).domain == NSCocoaErrorDomain else {
        throw error
      }
      throw FileError(path, "cannot be written", error)
    }
  }

  /// Writes one of a great many files, each of which can be made again, under a temporary name renamed into place.
  ///
  /// It is not synced, which takes a disk longer than all the rest: when the machine itself ends, a file can be left
  /// empty, and who goes on makes an empty one again. Once all are written, `sync()` brings them onto the disk.
  ///
  /// - Parameters:
  ///   - data: What is written.
  ///   - name: The file's name, without slashes.
  ///   - folder: Where it is; it must be there.
  /// - Throws: `FileError` when the disk refuses; the temporary file is removed.
  package static func writeUnsynced(_ data: Data, to name: String, in folder: String) throws {
    let path = folder + "/" + name
    let unfinished = TemporaryName.next()
    defer { unfinished.release() }
    let temporary = folder + "/" + unfinished.text
    do {
      var file = try OpenFile(temporary, path: path, flags: O_CREAT | O_EXCL)
      try file.write(contentsOf: data)
      try file.close()
      guard unsafe rename(temporary, path) == 0 else {
        throw FileError(path, "cannot be renamed into place", SystemFault.last)
      }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  /// Removes what killed processes left unfinished in a folder.
  ///
  /// `write` does the same for the folder that it writes to. What a living process of this machine
  /// writes stays, and so does for a day what another machine began.
  ///
  /// - Parameters:
  ///   - folder: The folder, which need not be there.
  ///   - isOurs: Whether it is the program's own, as a run directory is: then what stands in the folders in it is
  ///     removed too, and what earlier versions left.
  /// - Complexity: O(files in the folder).
  package static func removeLeftovers(in folder: String, isOurs: Bool = true) {
    Leftovers.remove(from: folder, isOurs: isOurs)
  }

  private static func replace(
    _ url: URL, path: String, _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    let folder = url.deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    sweep(folder)
    // A name of its own: threads, and processes of other machines, may write the same file.
    let name = TemporaryName.next()
    defer { name.release() }
    let temporary = folder + "/" + name.text
    do {
      var file = try OpenFile(temporary, path: path, flags: O_CREAT | O_EXCL)
      file.lock()
      try body(file)
      try file.synchronize()
      try file.close()
      guard unsafe rename(temporary, url.path) == 0 else {
        throw FileError(path, "cannot be renamed into place", SystemFault.last)
      }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  private static func writeThrough(
    to place: String, path: String, _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    var file = try OpenFile(place, path: path, flags: 0)
    try body(file)
    try file.close()
  }

  /// The folders that have been looked through for leftovers.
  private static let swept = Mutex<Set<String>>([])

  private static func sweep(_ folder: String) {
    guard swept.withLock({ $0.insert(folder).inserted }) else { return }
    Leftovers.remove(from: folder, isOurs: false)
  }
}
