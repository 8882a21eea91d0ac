import Files
import Foundation
import Runs

/// The tables that an earlier scoring wrote into the report's folder.
struct EarlierTables {
  private let folder: String
  /// Their digests, by name.
  let digests: [String: String]

  /// Those that the folder's manifest lists; none without one.
  ///
  /// - Throws: `FileError` for a damaged manifest.
  init(in folder: String) throws {
    self.folder = folder
    digests = try ScoreManifest.read(folder + "/" + ScoreManifest.fileName)?.outputs ?? [:]
  }

  /// Removes those that this scoring does not write, and nobody has changed since: a page would show them as its own.
  ///
  /// - Parameter names: What this one writes.
  /// - Throws: `FileError` for one that cannot be removed.
  func remove(except names: Set<String>) throws {
    for (name, digest) in digests.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
      let path = folder + "/" + name
      // The manifest might name anything; what a scoring writes lies in the folder itself.
      guard !name.hasSlash, try FileStatus(path)?.kind == .file,
        try "\(Digest(ofFile: path))" == digest
      else { continue }
      do { try FileManager.default.removeItem(atPath: path) } catch {
        throw FileError(path, "is of an earlier scoring and cannot be removed", error)
      }
    }
  }
}
