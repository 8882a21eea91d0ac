import Files
import Foundation
import Images

/// The place of a data set on the disk, with what the user said of its lists.
struct DatasetLocation {
  /// The path, as given.
  let path: String
  /// Whether it is a folder rather than a file.
  let isFolder: Bool
  /// The file of lists in place of the data set's own.
  let splitFile: String?
  /// Which partition of the lists.
  let partition: Int
  /// The split that is asked for: other splits' lists need not be there.
  let split: Split

  /// Looks at a path.
  ///
  /// - Throws: `FileError` when there is nothing at the path.
  init(path: String, splitFile: String?, partition: Int, split: Split = .all) throws {
    guard let status = try FileStatus(path) else {
      let words = DatasetKind.all.compactMap(\.word)
      var spellings = SpellingsOnDisk()
      if let problem = spellings.problem(ofMissing: path) {
        throw FileError(path, "no such folder or file: \(problem)")
      }
      throw FileError(
        path,
        "no such folder or file; "
          + (path.nearest(of: words, within: 2).map { "did you mean \($0)?" }
            ?? "expected a data set, or the word \(words.joined(separator: " or "))"))
    }
    self.path = path
    isFolder = status.kind == .folder
    self.splitFile = splitFile
    self.partition = partition
    self.split = split
  }

  /// A file or folder in the data set's.
  func url(_ name: String) -> URL { URL(fileURLWithPath: path).appendingPathComponent(name) }

  /// Whether the file or folder is there.
  ///
  /// - Throws: `FileError` when that cannot be said.
  func contains(_ name: String) throws -> Bool { try FileStatus(url(name).path) != nil }

  /// The folder that paths are relative to: DTD keeps its images one folder down.
  ///
  /// - Throws: `FileError` when that cannot be said.
  var images: URL {
    get throws { try contains("images") ? url("images") : URL(fileURLWithPath: path) }
  }
}
