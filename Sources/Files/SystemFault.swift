import Foundation

/// What the operating system says when it cannot do something, and what a user can do about it.
package struct SystemFault: Sendable, Equatable, CustomStringConvertible {
  /// The value of `errno`.
  package let number: Int32

  /// A fault by its number, such as `ENOSPC`.
  package init(_ number: Int32) { self.number = number }

  /// That of the last call.
  package static var last: SystemFault { SystemFault(errno) }

  /// The fault behind an error of Foundation; nil when there is none.
  package init?(_ error: any Error) {
    if let file = error as? FileError {
      guard case .system(let number) = file.kind else { return nil }
      self.init(number)
      return
    }
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain {
      self.init(Int32(truncatingIfNeeded: error.code))
    } else if let below = error.userInfo[NSUnderlyingErrorKey] as? any Error {
      self.init(below)
    } else {
      return nil
    }
  }

  /// Whether it says that there is nothing at a path, which is no failure of the system.
  package var isAbsence: Bool { [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(number) }

  /// The system's words, and what to do where that is known.
  package var description: String {
    let words = unsafe String(cString: strerror(number))
    return remedy.map { "\(words); \($0)" } ?? words
  }

  private var remedy: String? {
    switch number {
    case EMFILE: "raise the limit with ulimit -n and run again"
    case ENFILE: "the whole machine has no more to give; end other programs and run again"
    case ENOSPC: "make room and run again"
    case EDQUOT: "make room within the quota and run again"
    case EFBIG: "raise the limit with ulimit -f, or write to another file system, and run again"
    case EACCES, EPERM: "look at the permissions and the owner"
    case EROFS: "name another place"
    case ENOMEM: "end other programs or use fewer --threads, and run again"
    case EIO, ESTALE: "the disk or the network file system fails; look at it and run again"
    default: nil
    }
  }
}
