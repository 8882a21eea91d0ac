internal import Files
internal import Foundation

/// Where the store of a folder is.
package struct StoreLocation: Sendable, Equatable {
  /// The file.
  package let path: String
  /// What a user must know of the place; nil where it is the usual one, or the one that was asked for.
  package let note: String?

  /// The name of the folder beside the data, and of the file in it.
  static let (folderName, fileName) = (".topoclip", "explorer.sqlite")

  /// The place of a store: the file that was given, else `.topoclip/explorer.sqlite` in the folder, else, where nothing
  /// can be written there, a file in the user's cache folder that is named by the folder's real path.
  ///
  /// - Parameters:
  ///   - folder: The folder that is explored.
  ///   - file: What `--store` names.
  ///   - environment: The variables of the process.
  /// - Throws: `FileError` where neither place can be written.
  package init(
    of folder: String, file: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    if let file {
      try Self.makeFolder(of: file)
      self.init(path: file, note: nil)
      return
    }
    let usual = folder + "/" + Self.folderName + "/" + Self.fileName
    do {
      try Self.makeFolder(of: usual)
      try Self.requireWritable(usual)
      self.init(path: usual, note: nil)
    } catch let refusal {
      let name = "explorer-\("\(Digest(of: ResolvedPath(folder).path))".prefix(16)).sqlite"
      let path = CacheFolder.path(environment) + "/" + name
      do {
        _ = try CacheFolder.make(environment)
        try Self.requireWritable(path)
      } catch {
        throw FileError(
          usual,
          "cannot be written (\(refusal.problem)), and neither can the cache folder: \(error); name a file with --store"
        )
      }
      self.init(
        path: path,
        note:
          "\(folder) cannot be written (\(refusal.problem)), so that embeddings and what is saved are in \(path)"
      )
    }
  }

  private init(path: String, note: String?) { (self.path, self.note) = (path, note) }

  private static func makeFolder(of path: String) throws(FileError) {
    let folder = ResolvedPath(path).parent.path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(folder, "the folder cannot be made", error)
    }
  }

  /// Checks that files can be made in the folder of a file and the file itself, where it is there, be written.
  ///
  /// A link is refused: in a folder that somebody else has sent it would have the store made wherever it leads.
  private static func requireWritable(_ path: String) throws(FileError) {
    if FileStatus(ofLink: path)?.kind == .other {
      throw FileError(path, "is a link or no file; --store names the file that it leads to")
    }
    let folder = ResolvedPath(path).parent.path
    for place in [folder, path] where unsafe access(place, W_OK) != 0 && errno != ENOENT {
      throw FileError(place, "cannot be written", SystemFault.last)
    }
  }
}
