import Foundation
import Synchronization

/// A folder for files that a reader takes by their paths, in memory where the system has such a place.
///
/// Folders are lent and given back, so that no execution makes one; files in them stay until they are written anew.
struct ScratchFolder {
  /// Its path.
  let path: String

  private static let idle = Mutex<[String: [String]]>([:])
  private static let made = Mutex(0)

  /// Lends a folder.
  ///
  /// - Parameters:
  ///   - kind: What folders are kept apart by: those of a kind have been filled alike.
  ///   - fill: Fills one that is new.
  ///   - body: Uses it, alone.
  /// - Returns: What `body` returns.
  /// - Throws: What `fill` and `body` throw.
  static func lend<Value>(
    _ kind: String, filling fill: (ScratchFolder) throws -> Void = { _ in },
    _ body: (ScratchFolder) throws -> Value
  ) throws -> Value {
    let folder: ScratchFolder
    if let path = idle.withLock({ $0[kind, default: []].popLast() }) {
      folder = ScratchFolder(path: path)
    } else {
      let number = made.withLock {
        $0 += 1
        return $0
      }
      folder = ScratchFolder(path: "\(root)/\(prefix)\(getpid())/\(kind)-\(number)")
      try FileManager.default.createDirectory(
        atPath: folder.path, withIntermediateDirectories: true)
      try fill(folder)
    }
    defer { idle.withLock { $0[kind, default: []].append(folder.path) } }
    return try body(folder)
  }

  /// Writes a file and returns its path.
  func write(_ data: Data, _ name: String) throws -> String {
    let path = path + "/" + name
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    promise(descriptor >= 0, "\(path) cannot be written")
    defer { close(descriptor) }
    var rest = data[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      promise(count > 0, "\(path) cannot be written")
      rest = rest.dropFirst(count)
    }
    return path
  }

  /// Reads an input by its path.
  static func file<Value>(
    _ data: Data, _ name: String, _ body: (String) throws -> Value
  ) throws -> Value {
    try lend("file") { try body($0.write(data, name)) }
  }

  private static let root =
    FileManager.default.isWritableFile(atPath: "/dev/shm")
    ? "/dev/shm" : FileManager.default.temporaryDirectory.path
  private static let prefix = "topoclip-fuzz-"

  /// Removes all folders of this process.
  static func removeAll() {
    try? FileManager.default.removeItem(atPath: "\(root)/\(prefix)\(getpid())")
  }

  /// Removes the folders of processes that were killed.
  static func removeForsaken() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] {
      guard name.hasPrefix(prefix), let process = Int32(name.dropFirst(prefix.count)),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
    }
  }
}
