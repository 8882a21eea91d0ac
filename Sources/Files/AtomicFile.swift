public import Foundation
import Synchronization

/// Writing a file so that its name never shows anything but the whole of it.
public enum AtomicFile {
  /// Writes `data` beside `path` under a temporary name, syncs it, and renames it into place.
  ///
  /// A crash at any moment leaves the old file or the new one. Missing folders are made, links are
  /// followed, and a pipe or a device is written to as it is. Who may read the file that was there may read the new
  /// one, as far as the umask lets anybody.
  ///
  /// - Throws: `FileError` when the disk refuses; the temporary file is removed.
  public static func write(_ data: Data, to path: String) throws {
    try write(to: path) { try $0.write(contentsOf: data) }
  }

  /// Writes text as UTF-8; see `write(_:to:)`.
  public static func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Writes a file of a folder of the program's own, which somebody else may have sent.
  ///
  /// What stands at its place is replaced, be it a link: nothing is written where a link leads. The rest is as with
  /// `write(_:to:)`.
  package static func writeInPlace(_ data: Data, to path: String) throws {
    try writeInPlace(to: path) { try $0.write(contentsOf: data) }
  }

  /// Like `writeInPlace(_:to:)`, for contents that `body` writes piece by piece.
  package static func writeInPlace(
    to path: String, _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    try write(to: path, at: URL(fileURLWithPath: path), FileStatus(ofLink: path), body)
  }

  /// Like `write(_:to:)`, for contents that `body` writes piece by piece.
  package static func write(
    to path: String, _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let status: FileStatus?
    do { status = try FileStatus(url.path) } catch {
      throw FileError(path, "cannot be written", error)
    }
    if status?.kind == .other {
      try writeThrough(to: url.path, path: path, body)
    } else {
      try write(to: path, at: url, status, body)
    }
  }

  private static func write(
    to path: String, at url: URL, _ earlier: FileStatus?,
    _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    guard earlier?.kind != .folder else { throw FileError(path, "is a folder; expected a file") }
    // A link's own permissions mean nothing.
    let permissions = earlier?.kind == .file ? earlier?.permissions : nil
    do {
      try replace(url, path: path, permissions ?? 0o666, body)
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
    try writeAside(in: folder, path: path) { (file: inout OpenFile) in
      try file.write(contentsOf: data)
      try file.close()
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
    _ url: URL, path: String, _ permissions: UInt32, _ body: (borrowing OpenFile) throws -> Void
  ) throws {
    let folder = url.deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    sweep(folder)
    try writeAside(in: folder, path: path, to: url.path, permissions) { (file: inout OpenFile) in
      file.lock()
      try body(file)
      try file.synchronize()
      try file.close()
    }
  }

  /// Makes a file under a name of its own, as threads, and processes of other machines, may write the same one, and
  /// renames it into place.
  ///
  /// A name that somebody has taken, such as a process of the same number in another container or one who foresaw it,
  /// is passed over: what stands there is not ours, and stays.
  ///
  /// - Parameters:
  ///   - folder: Where it is made.
  ///   - path: What to call it in messages.
  ///   - place: Where it is to stand; `path` itself when it is not given.
  ///   - permissions: Those it gets as far as the umask lets it.
  ///   - body: Writes and closes it.
  /// - Throws: `FileError` when the disk refuses; what `body` throws.
  private static func writeAside(
    in folder: String, path: String, to place: String? = nil, _ permissions: UInt32 = 0o666,
    _ body: (inout OpenFile) throws -> Void
  ) throws {
    for attempt in 1... {
      let name = TemporaryName.next()
      defer { name.release() }
      let temporary = folder + "/" + name.text
      var file: OpenFile
      do {
        file = try OpenFile(
          temporary, path: path, flags: O_CREAT | O_EXCL, permissions: permissions)
      } catch {
        guard attempt < attempts, SystemFault(error)?.number == EEXIST else { throw error }
        continue
      }
      do {
        try body(&file)
        guard unsafe rename(temporary, place ?? path) == 0 else {
          throw FileError(path, "cannot be renamed into place", SystemFault.last)
        }
        return
      } catch {
        unsafe unlink(temporary)
        throw error
      }
    }
  }

  /// So many names are tried.
  private static let attempts = 100

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
