import Files
import Foundation
import Runs

/// The manifest of tables that every run of a command writes anew into its folder.
protocol TablesManifest: ManifestFile {
  /// The digests of the tables, by name.
  var outputs: [String: String] { get set }
  var stages: [StageUsage] { get set }
  var finishedAt: Date? { get set }
}

extension LinkageManifest: TablesManifest {}
extension ScoreManifest: TablesManifest {}

extension TablesManifest {
  /// The manifest of an earlier run; nil without one.
  ///
  /// - Throws: `FileError` for a damaged one.
  static func earlier(in folder: String) throws -> Self? { try read(folder + "/" + fileName) }

  /// Replaces the tables of an earlier run, and its manifest by this one.
  ///
  /// A kill leaves a manifest, unfinished, of all that lies there: whoever comes next finds whose files these are.
  /// Of a name that both have, the earlier table goes first, so that no digest is that of a file which another has
  /// taken the place of.
  ///
  /// - Parameters:
  ///   - earlier: What the folder's manifest said.
  ///   - folder: The folder of both.
  ///   - clock: What took how long, until all is written.
  ///   - write: Writes the tables.
  /// - Throws: `FileError` for a file that cannot be written or removed.
  mutating func replace(
    _ earlier: Self?, in folder: String, clock: StageClock, by write: () throws -> Void
  ) throws {
    let path = folder + "/" + Self.fileName
    if let earlier {
      let own = outputs
      outputs.merge(earlier.outputs) { $1 }
      try self.write(to: path)
      try earlier.removeTables(in: folder, except: own)
      outputs = own
    }
    try self.write(to: path)
    try write()
    stages = clock.stages
    finishedAt = Date()
    try self.write(to: path)
  }

  /// Removes its tables that nobody has changed since, but those that are the same anew: a page would show them as
  /// another run's.
  private func removeTables(in folder: String, except same: [String: String]) throws {
    for (name, digest) in outputs.sorted(by: { $0.key < $1.key }) where same[name] != digest {
      let path = folder + "/" + name
      // The manifest might name anything; what a command writes lies in the folder itself.
      guard !name.hasSlash, try FileStatus(path)?.kind == .file,
        try "\(Digest(ofFile: path))" == digest
      else { continue }
      do { try FileManager.default.removeItem(atPath: path) } catch {
        throw FileError(path, "is of an earlier run and cannot be removed", error)
      }
    }
  }
}
