import Foundation

/// A folder that nobody but the user enters, for what exists only while the program works.
///
/// Whoever can list the folder it stands in, as everybody can `/tmp`, learns its name and no more.
package struct PrivateFolder: Sendable {
  /// The folder.
  package let path: String

  /// Makes a folder under a name that nobody can foresee.
  ///
  /// - Parameter parent: The folder it stands in; nil for where the system keeps temporary files (`$TMPDIR`, else
  ///   `/tmp`).
  /// - Throws: `FileError` where none can be made.
  package init(in parent: String? = nil) throws {
    let parent = parent ?? FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/.topoclip-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw FileError(parent, "no folder can be made in it", SystemFault.last)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Makes a folder at a place where nothing is yet, be it a link.
  ///
  /// - Parameter path: The folder; the one above it is there.
  /// - Throws: `FileError` where it cannot be made.
  package init(at path: String) throws {
    guard unsafe mkdir(path, 0o700) == 0 else {
      throw FileError(path, "cannot be made", SystemFault.last)
    }
    self.path = path
  }

  /// Removes the folder and what is in it.
  package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
