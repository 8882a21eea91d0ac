import Files
import Foundation
import RunAnalyses
import Runs
import Version

/// A folder of zero-shot tables apart from what they are of: a manifest says what that is, unfinished until the last
/// table is there.
///
/// Only what an earlier manifest of the same source has recorded is replaced.
struct ZeroShotOutput {
  /// The folder.
  let run: RunDirectory
  private var manifest: Manifest
  private let earlier: Manifest?

  /// What tables are of.
  enum Source {
    /// A run directory.
    case run(String)
    /// A file of embeddings.
    case embeddings(String)

    fileprivate var setting: (key: String, path: String) {
      switch self {
      case .run(let path): (Manifest.zeroShotRunKey, Self.absolute(path))
      case .embeddings(let path): (Manifest.zeroShotEmbeddingsKey, Self.absolute(path))
      }
    }

    static func absolute(_ path: String) -> String {
      URL(fileURLWithPath: path).standardizedFileURL.path
    }
  }

  /// The folder for the tables of a source.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - source: What the tables are of.
  /// - Throws: `FileError` for a folder that holds files of others, a run, or tables of another source.
  init(_ folder: String, of source: Source) throws {
    try OutputFolder.require(folder, for: .zeroShot)
    run = RunDirectory(folder)
    earlier = try Manifest.read(run)
    let (key, path) = source.setting
    if let earlier, let other = earlier.zeroShotSource {
      let isSame =
        earlier.configuration[key].map { ResolvedPath($0) == ResolvedPath(path) } ?? false
      guard isSame else {
        throw FileError(
          folder,
          "holds zero-shot tables of \(other) (\(earlier.moment)), not of \(path); give another "
            + "--output")
      }
    }
    manifest = Self.blank
    manifest.configuration[key] = path
  }

  /// The manifest of tables that nothing is known of.
  static var blank: Manifest {
    Manifest(
      program: .current, arguments: RecordedCommand.arguments, startedAt: Date(),
      configuration: [:],
      configurationDigest: "", noiseSeeds: [], host: .current(), stages: [], outputs: [:])
  }

  /// Makes the folder ready: what an earlier command of the same source wrote goes, and the manifest stands there,
  /// unfinished.
  ///
  /// - Parameters:
  ///   - source: What the tables' source says of itself.
  ///   - settings: What decides the tables besides, by key.
  /// - Throws: `FileError` when the disk refuses.
  mutating func begin(_ source: Manifest, _ settings: [String: String]) throws {
    let own = manifest
    manifest = source
    manifest.program = own.program
    manifest.arguments = own.arguments
    manifest.startedAt = own.startedAt
    manifest.finishedAt = nil
    manifest.host = own.host
    manifest.stages = []
    manifest.cells = nil
    manifest.outputs = [:]
    manifest.analyses = [:]
    for key in [Manifest.zeroShotRunKey, Manifest.zeroShotEmbeddingsKey] {
      manifest.configuration[key] = own.configuration[key]
    }
    manifest.configuration.merge(settings) { $1 }
    if let earlier {
      let changes = changes(from: earlier)
      if !changes.isEmpty {
        announce(
          "\(run.path): its zero-shot tables (\(earlier.moment)) are replaced: "
            + changes.joined(separator: "; "), isQuiet: false)
      }
      try removeRecorded(earlier)
    }
    try manifest.write(to: run)
  }

  /// Writes the manifest of tables that are all there.
  mutating func finish() throws {
    manifest.finishedAt = Date()
    manifest.outputs = run.written
    try manifest.write(to: run)
  }

  /// In what the tables will be others than those of an earlier manifest.
  private func changes(from earlier: Manifest) -> [String] {
    func facts(_ manifest: Manifest) -> [String: String] {
      var facts = manifest.configuration.filter { $0.key.hasPrefix(ZeroShotAnalysis.name + ".") }
      facts["the images"] = manifest.data.map { "\($0.digest.prefix(12))…" }
      facts["the model"] = manifest.model.map { "\($0.name) (\($0.digest.prefix(12))…)" }
      facts["the logit scale"] = manifest.zeroShot.map { "\($0.logitScale)" }
      facts["the prompts"] = manifest.zeroShot.map {
        "\("\(Digest(of: $0.prompts.joined(separator: "\n")))".prefix(12))…"
      }
      return facts
    }
    let (before, after) = (facts(earlier), facts(manifest))
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted().map {
      "\($0) was \(before[$0] ?? "not set"), is \(after[$0] ?? "not set")"
    }
  }

  /// Removes the files that a manifest of this folder has recorded, and their page.
  private func removeRecorded(_ earlier: Manifest) throws {
    let kinds = RunFiles.all.filter(\.isDigested) + RunDirectory.views
    let recorded = Set(earlier.outputs.keys).union(RunDirectory.views.map(\.pattern.text))
    try run.remove(kinds, except: Set(try run.existing(kinds)).subtracting(recorded))
  }
}
