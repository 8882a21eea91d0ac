import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs

/// The run that a sweep's folder holds already.
struct EarlierRun: Sendable {
  /// What it says of itself.
  let manifest: Manifest
  /// Its conditions, in order.
  let conditions: [Condition]
  private let run: RunDirectory

  /// The run in a folder; nil when there is none.
  ///
  /// - Throws: `FileError` for a manifest that is damaged, and for tables without one, of which nobody can say what
  ///   they are of.
  init?(_ run: RunDirectory) throws {
    self.run = run
    guard let manifest = try Manifest.read(run), manifest.isOwn else {
      let tables = try run.existing(RunFiles.all.filter(\.isDigested))
      guard let first = tables.first else { return nil }
      throw FileError(
        run.path,
        "holds \(tables.count == 1 ? first : "\(first) and \(tables.count - 1) more tables") of a run "
          + "without its manifest, so that nobody can say what they are of; \(Self.remedy)")
    }
    self.manifest = manifest
    conditions = try Self.conditions(manifest, run)
  }

  private static let remedy =
    "--overwrite replaces tables and embeddings and keeps finished cells and units; or give another --output"

  /// The conditions that the manifest names: as `conditions.csv` says, or as the names do.
  private static func conditions(_ manifest: Manifest, _ run: RunDirectory) throws -> [Condition] {
    var listed: [Condition] = []
    // A list that is not there, or is damaged, is made anew.
    do { listed = try run.conditions() } catch let error as FileError where !error.isSystemFault {}
    let names = manifest.conditionNames
    if names.isEmpty { return listed.sorted() }
    let known = Dictionary(listed.map { ($0.name, $0) }) { first, _ in first }
    return try Set(
      names.map { name in
        guard let condition = known[name] ?? Condition(name: name) else {
          throw FileError(
            run.file(Manifest.fileName), "\"\(name)\" is no condition; \(remedy)")
        }
        return condition
      }
    ).sorted()
  }

  /// Whether names, splits or classes of images are others than the run's.
  func hasOther(_ samples: SampleTable) -> Bool {
    RunDirectory.digests(of: samples).contains { name, digest in
      manifest.outputs[name].map { $0 != digest } ?? false
    }
  }

  /// Whether embeddings of classes are others than the run's.
  func hasOther(_ text: Matrix<Float>?) -> Bool {
    guard let text else { return false }
    return manifest.outputs[RunDirectory.classEmbeddings.pattern.text] != "\(Digest(of: text))"
  }

  /// What the logit scale was and is, where the two differ.
  func logitScaleChange(_ other: Manifest) -> String? {
    guard let was = manifest.zeroShot?.logitScale, let scale = other.zeroShot?.logitScale,
      was != scale
    else { return nil }
    return "the logit scale was \(was.shortestText), is \(scale.shortestText)"
  }

  /// Whether the embeddings of the classes, where the run has any, are what it wrote.
  var hasIntactText: Bool {
    let path = RunDirectory.classEmbeddings.pattern.text
    guard let digest = manifest.outputs[path] else { return true }
    return (try? Digest(ofFile: run.file(path))).map { "\($0)" == digest } ?? false
  }

  /// The digest of a condition's embeddings that the run wrote.
  func digest(_ condition: Condition) -> String? {
    manifest.outputs[RunDirectory.embeddings.pattern.path(condition)]
  }

  /// Whether a condition's embeddings are what the run wrote.
  func isIntact(_ condition: Condition) -> Bool {
    guard let digest = digest(condition),
      let there = try? Digest(ofFile: run.embeddingsFile(condition))
    else { return false }
    return "\(there)" == digest
  }

  /// Whether an analysis's tables are still to be written, as an interrupted sweep left it.
  func isPending<Analysis: RunAnalysis>(_ type: Analysis.Type) -> Bool {
    manifest.analyses[type.name]?.conditions.isEmpty ?? false
  }

  /// Stops when the run is of other embeddings.
  ///
  /// - Parameter differences: A line a difference.
  /// - Throws: `FileError` with what is there, from when, and what differs.
  func refuse(_ differences: [String]) throws {
    guard !differences.isEmpty else { return }
    throw FileError(
      run.path,
      "holds \(manifest.isFinished ? "a finished run" : "an unfinished run") \(manifest.moment), and its "
        + "embeddings are others:"
        + differences.map { "\n  \($0)" }.joined() + "\n\(Self.remedy)")
  }
}
