import Foundation

/// Listing folders.
package enum FolderContents {
  /// The names in a folder, in no order; nil when there is no such folder.
  ///
  /// - Throws: `FileError` when the system refuses or there is a file of that name.
  package static func names(of path: String) throws -> [String]? {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      if SystemFault(error)?.number == ENOENT { return nil }
      throw FileError(path, "cannot be listed", error)
    }
  }
}
