import Files
import Synchronization

/// What this process wrote into a folder: the digests of the bytes, never of a file read again.
///
/// Were a file read again, another process's bytes would get a digest that matches them.
final class WrittenFiles: Sendable {
  private let known = Mutex<[String: String]>([:])

  /// The SHA-256 of every file, by its path in the folder.
  var digests: [String: String] { known.withLock { $0 } }

  /// Keeps what was written last under a path.
  func record(_ path: String, _ digest: Digest) { known.withLock { $0[path] = "\(digest)" } }
}
