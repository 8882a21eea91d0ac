import Files
import Foundation

/// One process at a time in a folder: what writes there holds the lock `lock` in it.
///
/// The lock is the system's (`flock`): it ends with the process that holds it, however that ends, so that a file
/// left behind hinders nobody. The file says who holds it: host, process, since when, command. Where the file system
/// knows no locks, that text is the lock, and one of this host whose process is gone is taken over. A file of that
/// name which no command wrote is somebody's: it stays as it is, and the command is refused.
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
  /// - Throws: `FileError` naming the process that is at work there and since when, a folder that cannot be made, or
  ///   a file of the lock's name that is somebody's; what `body` throws.
  package static func hold<Value>(
    _ folder: String, remedy: String = "wait for it, or give another --output",
    makesFolder: Bool = true, _ body: () throws -> Value
  ) throws -> Value {
    if !makesFolder, try FileStatus(folder) == nil { return try body() }
    let name = ResolvedPath(folder)
    if held.contains(name) { return try body() }
    let made = try make(folder)
    let path = folder + "/" + fileName
    let descriptor: Int32
    do {
      descriptor = try acquire(path, in: folder, remedy: remedy)
    } catch {
      StandingLock.removeEmpty(made)
      throw error
    }
    let lock = StandingLock(path: path, descriptor: descriptor, isShared: false, made: made)
    return try lock.whileStanding { try $held.withValue(held.union([name])) { try body() } }
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
      guard let (descriptor, isWritable) = try opened(path, in: folder) else {
        _ = try make(folder)
        continue
      }
      var isKept = false
      defer { if !isKept { close(descriptor) } }
      try take(descriptor, LOCK_EX, path, in: folder, remedy: remedy)
      guard isFile(descriptor, path) else { continue }
      let earlier = try holderLeft(in: descriptor, path)
      guard isWritable else {
        // Another user's, left behind: one of this user's comes in its place.
        if unsafe unlink(path) != 0, errno != ENOENT {
          throw FileError(
            path,
            "is left behind\(earlier.map { " by " + $0.words } ?? "") and cannot be taken away",
            SystemFault.last)
        }
        continue
      }
      sign(descriptor)
      isKept = true
      return descriptor
    }
    throw comesAndGoes(path, in: folder, remedy: remedy)
  }

  /// Locks an open file.
  ///
  /// - Parameters:
  ///   - descriptor: The file.
  ///   - operation: `LOCK_EX` for one process alone, `LOCK_SH` for several that read.
  ///   - path: Its path.
  ///   - folder: The folder that it locks.
  ///   - remedy: What to do where another process is at work there.
  /// - Throws: `FileError` naming that process.
  static func take(
    _ descriptor: Int32, _ operation: Int32, _ path: String, in folder: String, remedy: String
  ) throws {
    var isFree = flock(descriptor, operation | LOCK_NB) == 0
    var remedy = remedy
    if !isFree, errno != EWOULDBLOCK, errno != EINTR {
      // No locks here.
      isFree = holder(path).map { !$0.mayBeAlive } ?? true
      remedy += "; if that process has ended, delete \(path)"
    }
    guard isFree else {
      throw FileError(
        folder,
        "\(holder(path).map { $0.words + "," } ?? "another process") works in it; \(remedy)")
    }
  }

  /// Writes who holds it: a full disk spoils the text, not the lock.
  static func sign(_ descriptor: Int32) {
    _ = ftruncate(descriptor, 0)
    try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      .write(contentsOf: Data(Holder.current.text.utf8))
  }

  static func comesAndGoes(_ path: String, in folder: String, remedy: String) -> FileError {
    FileError(path, "the lock comes and goes; another process works in \(folder); \(remedy)")
  }

  /// Opens the file, or makes it.
  ///
  /// - Returns: The descriptor, and whether the file may be written: another user's may be locked all the same; nil
  ///   where the file or the folder has just gone.
  /// - Throws: `FileError` when the system refuses, and for what is no file.
  private static func opened(
    _ path: String, in folder: String
  ) throws -> (descriptor: Int32, isWritable: Bool)? {
    // What a link leads to is somebody's; a pipe would be waited for.
    let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    var isWritable = true
    var descriptor = unsafe open(path, flags | O_RDWR | O_CREAT, 0o666)
    if descriptor < 0, errno == EACCES {
      isWritable = false
      descriptor = unsafe open(path, flags | O_RDONLY)
      if descriptor < 0, errno == ENOENT, unsafe access(folder, W_OK) != 0 { errno = EACCES }
    }
    guard descriptor >= 0 else {
      let fault = SystemFault.last
      switch fault.number {
      case ENOENT: return nil
      case ELOOP, EISDIR, ENXIO: throw foreign(path)
      default: throw FileError(path, "the lock cannot be opened", fault)
      }
    }
    var details = stat()
    guard unsafe fstat(descriptor, &details) == 0, details.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw foreign(path)
    }
    return (descriptor, isWritable)
  }

  /// Who has left the file behind; nil where it is empty, as an end by force leaves it.
  ///
  /// - Throws: `FileError` for a file that no command wrote.
  private static func holderLeft(in descriptor: Int32, _ path: String) throws -> Holder? {
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw FileError(path, "the lock cannot be read", SystemFault.last) }
    // What was not on the disk yet when the power failed may be zeros.
    if count < longest, bytes[..<count].allSatisfy({ $0 == 0 }) { return nil }
    guard let holder = Holder(String(decoding: bytes[..<count], as: UTF8.self)) else {
      throw foreign(path)
    }
    return holder
  }

  /// So much of a lock is read, in bytes: all but the end of a very long command.
  private static let longest = 1 << 16

  private static func foreign(_ path: String) -> FileError {
    FileError(
      path,
      "was not written by this program, which needs the name for the folder's lock; rename it, move it, or "
        + "give another folder")
  }

  static let attempts = 100

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
        since: Date().formatted(.iso8601), command: RecordedCommand.arguments.joined(separator: " ")
      )
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
      guard lines.count >= 4, !lines[0].isEmpty, let process = Int32(lines[1]), process > 0,
        (try? Date(String(lines[2]), strategy: .iso8601)) != nil
      else { return nil }
      self.init(
        host: String(lines[0]), process: process, since: String(lines[2]),
        command: Self.line(lines[3...].joined(separator: " ")))
    }

    var text: String { "\(host)\n\(process)\n\(since)\n\(Self.line(command))\n" }

    /// A command in one line: a return before the line's end would be one character with it.
    private static func line(_ command: String) -> String {
      command.split(whereSeparator: \.isNewline).joined(separator: " ")
        .trimmingCharacters(in: .whitespaces)
    }

    var words: String {
      "process \(process) of \(host), since \(since) (\(command))"
    }

    /// Whether the process may still be at work; of another host that cannot be told.
    var mayBeAlive: Bool {
      guard host == ProcessInfo.processInfo.hostName else { return true }
      return process != getpid() && (kill(process, 0) == 0 || errno == EPERM)
    }
  }
}
