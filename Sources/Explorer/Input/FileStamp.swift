internal import Foundation

/// By what a file is taken for unchanged without being read: its size, and when its contents were changed last.
package struct FileStamp: Sendable, Equatable {
  /// In bytes.
  package let size: Int64
  /// In nanoseconds since 1970; `unknown` where the time says nothing.
  package let modified: Int64

  /// No time: whoever compares reads the file.
  package static let unknown: Int64 = -1

  package init(size: Int64, modified: Int64) { (self.size, self.modified) = (size, modified) }

  /// Of a regular file, links followed; nil for anything else, and for what is not there.
  init?(ofFile details: stat) {
    guard details.st_mode & S_IFMT == S_IFREG else { return nil }
    size = Int64(details.st_size)
    let seconds = Int64(details.st_mtim.tv_sec)
    modified =
      Self.seconds.contains(seconds)
      ? seconds * 1_000_000_000 + Int64(details.st_mtim.tv_nsec) : Self.unknown
  }

  /// The seconds since 1970 that are counted in nanoseconds.
  private static let seconds: Range<Int64> = 0..<Int64.max / 1_000_000_000

  /// The stamp that may be kept at a time: of a file that was changed only just, no time is.
  ///
  /// File systems count time in steps of up to two seconds. A file that is changed once more within the step in which
  /// it was read would else look as it did.
  ///
  /// - Parameter now: The time in nanoseconds since 1970, taken before the file is read.
  /// - Returns: The same size, and the time where it is far enough in the past.
  func settled(at now: Int64) -> FileStamp {
    modified < now - 3_000_000_000 ? self : FileStamp(size: size, modified: Self.unknown)
  }

  /// The time in nanoseconds since 1970.
  static var now: Int64 {
    let seconds = Date().timeIntervalSince1970
    return Int64(min(max(seconds, 0), Double(Self.seconds.upperBound - 1)) * 1e9)
  }
}

/// What stands at a path.
enum PlacedItem {
  case folder(isLink: Bool)
  case file(FileStamp)
  /// A pipe, a device, a socket.
  case other

  /// Looks at a path and follows links.
  ///
  /// - Returns: What is there; nil for nothing, as behind a link that leads nowhere.
  /// - Complexity: One call of the system, two for a folder.
  init?(_ path: String) {
    var details = stat()
    guard unsafe stat(path, &details) == 0 else { return nil }
    if let stamp = FileStamp(ofFile: details) {
      self = .file(stamp)
    } else if details.st_mode & S_IFMT == S_IFDIR {
      var own = stat()
      self = .folder(isLink: unsafe lstat(path, &own) == 0 && own.st_mode & S_IFMT == S_IFLNK)
    } else {
      self = .other
    }
  }
}
