import Foundation

/// What stands at a path, links followed.
package struct FileStatus: Sendable, Equatable {
  /// What it is.
  package enum Kind: Sendable, Equatable {
    case file, folder
    /// A pipe, a device, a socket.
    case other
  }

  package let kind: Kind
  /// In bytes.
  package let size: Int
  /// When its contents were changed last, in seconds since 1970.
  package let modified: Int
  /// Who may read, write and execute it, as `chmod` counts.
  package let permissions: UInt32

  /// Looks at a path; nil when there is nothing.
  ///
  /// `FileManager.fileExists` says no as well when the disk fails or a folder may not be entered: what is
  /// there would be taken for absent.
  ///
  /// - Throws: `FileError` of the kind `system`.
  package init?(_ path: String) throws {
    var details = stat()
    guard unsafe stat(path, &details) == 0 else {
      let fault = SystemFault.last
      if fault.isAbsence { return nil }
      throw FileError(path, "cannot be looked at", fault)
    }
    self.init(details)
  }

  /// Looks at a path itself, be it a link; nil when there is nothing or it cannot be said.
  package init?(ofLink path: String) {
    var details = stat()
    guard unsafe lstat(path, &details) == 0 else { return nil }
    self.init(details)
  }

  private init(_ details: stat) {
    switch details.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    size = Int(details.st_size)
    modified = details.st_mtim.tv_sec
    permissions = details.st_mode & 0o777
  }
}
