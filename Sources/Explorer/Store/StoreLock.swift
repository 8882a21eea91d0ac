internal import Files
internal import Foundation

/// One process at a time with a store: the lock is a file beside it.
///
/// It is the system's (`flock`) and ends with the process that holds it, however that ends. The file stays: taking it
/// away would let two processes hold two files of one name. Its text says who holds it. Where the file system knows no
/// locks there is none, and SQLite's own keep the file whole.
struct StoreLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock of a store.
  ///
  /// - Parameter path: The store's file.
  /// - Throws: `FileError` naming the process that has the store open, or for a lock that cannot be made.
  init(_ path: String) throws {
    let file = path + "-lock"
    descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else {
      throw FileError(file, "the lock of the store cannot be made", SystemFault.last)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      let holder = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap {
        $0.split(separator: "\n").first
      }
      // The end of what is half made closes the descriptor: closed twice, it could be anybody's by then.
      throw FileError(
        path,
        "is open in another explorer\(holder.map { " (\($0))" } ?? ""); look at that one, end it, or name another file with --store"
      )
    }
    // A full disk spoils the text, not the lock.
    _ = ftruncate(descriptor, 0)
    let text = "process \(getpid()) of \(ProcessInfo.processInfo.hostName)\n"
    try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).write(
      contentsOf: Data(text.utf8))
  }

  deinit { close(descriptor) }
}
