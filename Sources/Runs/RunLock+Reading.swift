import Files
import Foundation

/// Several processes at a time that only read a folder, and none meanwhile that writes there.
extension RunLock {
  /// Does something while no other process writes in a folder, of which nothing is written.
  ///
  /// Others may read it at the same time. A folder in which no lock can be made, of another user or on a medium that
  /// takes nothing more, is read all the same, unless a lock that is there says that somebody works in it. One that is
  /// not there is left to `body`.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - remedy: What to do where another process is at work there.
  ///   - body: What to do.
  /// - Returns: What `body` returns.
  /// - Throws: `FileError` naming the process that is at work there and since when; what `body` throws.
  package static func holdForReading<Value>(
    _ folder: String, remedy: String = "wait for it", _ body: () throws -> Value
  ) throws -> Value {
    let name = ResolvedPath(folder)
    if try held.contains(name) || FileStatus(folder)?.kind != .folder { return try body() }
    let path = folder + "/" + fileName
    guard let descriptor = try share(path, in: folder, remedy: remedy) else {
      return try body()
    }
    let lock = StandingLock(path: path, descriptor: descriptor, isShared: true)
    return try lock.whileStanding { try $held.withValue(held.union([name])) { try body() } }
  }

  /// Opens the file, and locks it together with others that read.
  ///
  /// - Returns: The descriptor that holds the lock; nil where none can be made, or the file is somebody's.
  private static func share(_ path: String, in folder: String, remedy: String) throws -> Int32? {
    // Another process may take its file away between two of these steps.
    for _ in 0..<attempts {
      let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
      var descriptor = unsafe open(path, flags | O_RDWR | O_CREAT, 0o666)
      let isWritable = descriptor >= 0
      if !isWritable { descriptor = unsafe open(path, flags | O_RDONLY) }
      guard descriptor >= 0 else { return nil }
      var isKept = false
      defer { if !isKept { close(descriptor) } }
      try take(descriptor, LOCK_SH, path, in: folder, remedy: remedy)
      guard isFile(descriptor, path) else { continue }
      var details = stat()
      guard unsafe fstat(descriptor, &details) == 0, details.st_mode & S_IFMT == S_IFREG,
        details.st_size == 0 || holder(path) != nil
      else { return nil }
      if isWritable { sign(descriptor) }
      isKept = true
      return descriptor
    }
    throw comesAndGoes(path, in: folder, remedy: remedy)
  }
}
