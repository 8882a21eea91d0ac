import Files
import Foundation

/// One process at a time in a folder: what writes there holds the lock `lock` in it.
///
/// The lock is the system's (`flock`): it ends with the process that holds it, however that ends, so that a file
/// left behind hinders nobody. The file says who holds it: host, process, since when, command. Where the file system
/// knows no locks, that text is the lock, and one of this host whose process is gone is taken over.
package enum RunLock {
  /// The file's name in the folder.
  package static let fileName = "lock"

  /// The folders that the caller holds already: a command holds one lock over all that it calls.
  @TaskLocal static var held: Set<ResolvedPath> = []

  /// Does something while no other process works in the folder.
  ///
  /// The folder is made if it is not there, and goes again if nothing was written into it.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - remedy: What to do where another process is at work there.
  ///   - makesFolder: Whether a folder that is not there is made; else there is nothing to lock.
  ///   - body: What to do.
  /// - Returns: What `body` returns.
  /// - Throws: `FileError` naming the process that is at work there and since when, or a folder that cannot be made;
  ///   what `body` throws.
  package static func hold<Value>(
    _ folder: String, remedy: String = "wait for it, or give another --output",
    makesFolder: Bool = true, _ body: () throws -> Value
  ) throws -> Value {
    if !makesFolder, try FileStatus(folder) == nil { return try body() }
    let made = try make(folder)
    defer { for folder in made { unsafe rmdir(folder) } }  // those that are empty
    let name = ResolvedPath(folder)
    if held.contains(name) { return try body() }
    let path = folder + "/" + fileName
    let descriptor = try acquire(path, in: folder, remedy: remedy)
    defer {
      // While it is held: whoever opened it meanwhile finds that it is no longer the folder's.
      unsafe unlink(path)
      close(descriptor)
    }
    return try $held.withValue(held.union([name])) { try body() }
  }

  /// Makes a folder; returns those that were not there, the lowest first.
  private static func make(_ folder: String) throws -> [String] {
    let missing = ResolvedPath(folder).missing
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(folder, "the folder cannot be made", error)
    }
    return missing
  }

  // MARK: The lock

  /// Opens and locks the file, and writes into it who holds it.
  ///
  /// - Returns: The descriptor that holds the lock.
  private static func acquire(_ path: String, in folder: String, remedy: String) throws -> Int32 {
    // Another process may take its file away, and its empty folder, between two of these steps.
    for _ in 0..<attempts {
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        let code = errno
        if code == ENOENT {
          _ = try make(folder)
          continue
        }
        throw FileError(
          path, "the lock cannot be opened: \(unsafe String(cString: strerror(code)))")
      }
      var isFree = flock(descriptor, LOCK_EX | LOCK_NB) == 0
      if !isFree, errno != EWOULDBLOCK, errno != EINTR {
        // No locks here.
        isFree = holder(path).map { !$0.mayBeAlive } ?? true
      }
      guard isFree else {
        close(descriptor)
        throw FileError(
          folder, "\(holder(path)?.words ?? "another process") works in it; \(remedy)")
      }
      guard isFile(descriptor, path) else {
        close(descriptor)
        continue
      }
      // A full disk spoils the text, not the lock.
      _ = ftruncate(descriptor, 0)
      try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        .write(contentsOf: Data(Holder.current.text.utf8))
      return descriptor
    }
    throw FileError(path, "the lock comes and goes; another process works in \(folder); \(remedy)")
  }

  private static let attempts = 100

  /// Whether a descriptor is of the file that has the path now.
  static func isFile(_ descriptor: Int32, _ path: String) -> Bool {
    var (mine, named) = (stat(), stat())
    guard unsafe fstat(descriptor, &mine) == 0, unsafe stat(path, &named) == 0 else { return false }
    return mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }

  static func holder(_ path: String) -> Holder? {
    (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { Holder($0) }
  }

  /// Who holds a lock.
  struct Holder {
    let host: String
    let process: Int32
    let since: String
    let command: String

    static var current: Holder {
      Holder(
        host: ProcessInfo.processInfo.hostName, process: getpid(),
        since: Date().formatted(.iso8601), command: CommandLine.arguments.joined(separator: " "))
    }

    init(host: String, process: Int32, since: String, command: String) {
      self.host = host
      self.process = process
      self.since = since
      self.command = command
    }

    /// Reads `text`; nil for any other text.
    init?(_ text: String) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      guard lines.count >= 4, let process = Int32(lines[1]) else { return nil }
      self.init(
        host: String(lines[0]), process: process, since: String(lines[2]),
        command: lines[3...].joined(separator: " ").trimmingCharacters(in: .whitespaces))
    }

    var text: String {
      "\(host)\n\(process)\n\(since)\n\(command.replacing("\n", with: " "))\n"
    }

    var words: String {
      "process \(process) of \(host), since \(since) (\(command)),"
    }

    /// Whether the process may still be at work; of another host that cannot be told.
    var mayBeAlive: Bool {
      guard host == ProcessInfo.processInfo.hostName else { return true }
      return process != getpid() && (kill(process, 0) == 0 || errno == EPERM)
    }
  }
}
