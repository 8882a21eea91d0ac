import Files
import Foundation
import Runs

/// A run of other embeddings that a plan was told to replace.
///
/// It is told by its manifest, so that the merge replaces that run, and none that stands in its place later.
struct ReplacedRun: Codable, Equatable, Sendable {
  /// The folder's part of the experiment.
  let part: SweepPart.Name
  /// SHA-256 of its manifest; nil where it has none.
  let manifest: String?

  /// What is in the folder of a part.
  ///
  /// - Throws: `FileError` for a manifest that cannot be read.
  init(_ part: SweepPart) throws {
    self.part = part.name
    let path = part.sweep.run.file(Manifest.fileName)
    manifest = try FileStatus(path).map { _ in "\(try Digest(ofFile: path))" }
  }
}
