import Foundation

/// What a folder holds, by the names that the system has.
///
/// Foundation's lists replace the bytes of a name that are no UTF-8, so that a file is not found by its
/// own name and is passed over.
package enum FolderContents {
  /// The names in a folder, sorted, but for `.` and `..`.
  ///
  /// - Parameter folder: The folder's path.
  /// - Returns: Every name there is; nil when there is no such folder.
  /// - Throws: `FileError` when the system refuses or there is a file of that name, and for a name that is
  ///   not UTF-8, which no table could hold: its bytes are shown.
  /// - Complexity: O(n log n) for n names.
  package static func names(of folder: String) throws -> [String]? {
    try bytes(of: folder)?.map { bytes in
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw FileError(
          "\(folder)/\(String(escaping: bytes))",
          "its name is not UTF-8 text (\\xHH stands for a byte): rename it, as convmv can do for many "
            + "names at once")
      }
      return name
    }.sorted()
  }

  /// Like `names(of:)` without those that are no UTF-8: for files that this program names, which always
  /// are.
  package static func textNames(of folder: String) throws -> [String]? {
    try bytes(of: folder)?.compactMap { String(validating: $0, as: UTF8.self) }.sorted()
  }

  /// The names that are no UTF-8, their bytes shown, sorted: those that `textNames(of:)` leaves out.
  ///
  /// - Throws: `FileError` when the folder cannot be listed.
  package static func escapedNames(of folder: String) throws -> [String]? {
    try bytes(of: folder)?.filter { String(validating: $0, as: UTF8.self) == nil }
      .map { String(escaping: $0) }.sorted()
  }

  /// Whether a folder holds nothing at all, as one that is not there does.
  ///
  /// - Throws: `FileError` when it cannot be listed.
  package static func isEmpty(_ folder: String) throws -> Bool {
    try bytes(of: folder)?.isEmpty ?? true
  }

  /// The names as the system stores them, in its order; nil when there is no such folder.
  private static func bytes(of folder: String) throws -> [[UInt8]]? {
    guard let stream = unsafe opendir(folder) else {
      if errno == ENOENT { return nil }
      throw failure(folder)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw failure(folder) }
        return names
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe raw.prefix { $0 != 0 }.map { $0 }
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
  }

  private static func failure(_ folder: String) -> FileError {
    FileError(folder, "cannot be listed", SystemFault.last)
  }
}
