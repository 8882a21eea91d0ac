import Embedding
import Files
package import Foundation
import LinearAlgebra
package import Runs
package import Version

/// An experiment as shards for several machines: `plan.json` of a run directory.
///
/// It fixes everything that decides a result and how the work is shared out: the experiment with its file's text, the
/// number of shards, the model, the images by their digests, the cells and units in their order, and the kernels that
/// compute them. Its identifier is the SHA-256 of all of that, so that a shard of another plan is told by name.
package struct ShardPlan: RecordingManifest {
  package static let fileName = PlanFiles.plan.pattern.text

  /// SHA-256 of the rest, without `origin`.
  package private(set) var identifier: String
  /// The layout of the file.
  package let format: Int
  /// The experiment's name.
  package let name: String
  /// How many shards each stage has.
  package let shards: Int
  /// What the experiment is read from.
  package let experiment: ExperimentSource
  /// The settings that decide results, by key: what `experiment` was read as.
  package let configuration: [String: String]
  /// The kernels that embed images.
  package let embeddingKernels: String
  /// The kernels that compute analyses.
  package let analysisKernels: String
  /// The model's digest; nil where embeddings were made elsewhere.
  package let model: String?
  /// Images left out because they were missing or damaged.
  package let leftOut: [RunError.UnusableImage]
  /// How much there is to do.
  package let counts: Counts
  /// SHA-256 of the tables in `plan/`, by their paths in the run directory.
  package let tables: [String: String]
  /// Where and by what the plan was made; it decides nothing.
  package private(set) var origin: Origin?

  /// How much a plan has to do.
  package struct Counts: Codable, Sendable, Equatable {
    package let images: Int
    package let cells: Int
    package let units: Int
  }

  /// Where and by what a plan was made.
  package struct Origin: Codable, Sendable {
    /// The folder that relative paths of the experiment start in.
    package let folder: String
    package let program: ProgramVersion
    package let plannedAt: Date
    /// The runs of other embeddings that the merge replaces, as `--overwrite` has said; nil for none.
    let replaced: [ReplacedRun]?

    enum CodingKeys: String, CodingKey {
      case folder, program, replaced
      case plannedAt = "planned_at"
    }
  }

  enum CodingKeys: String, CodingKey {
    case identifier = "plan_id"
    case format, name, shards, experiment, configuration, model, counts, tables, origin
    case embeddingKernels = "embedding_kernels"
    case analysisKernels = "analysis_kernels"
    case leftOut = "left_out"
  }

  static let currentFormat = 1
  /// The shards that a plan may have.
  package static let numbers = 1...100_000
  /// So many digits of an identifier tell plans apart in messages and on command lines.
  static let shortLength = 12

  init(
    name: String, shards: Int, experiment: ExperimentSource, configuration: [String: String],
    embeddingKernels: String, model: String?, leftOut: [RunError.UnusableImage], counts: Counts,
    tables: [String: String], replaced: [ReplacedRun] = []
  ) throws {
    self.name = name
    self.shards = shards
    self.experiment = experiment
    self.configuration = configuration
    self.embeddingKernels = embeddingKernels
    self.model = model
    self.leftOut = leftOut
    self.counts = counts
    self.tables = tables
    analysisKernels = Kernels.description
    format = Self.currentFormat
    identifier = ""
    identifier = try identity()
    origin = Origin(
      folder: FileManager.default.currentDirectoryPath, program: .current, plannedAt: Date(),
      replaced: replaced.isEmpty ? nil : replaced)
  }

  /// The beginning of the identifier.
  package var shortIdentifier: String { String(identifier.prefix(Self.shortLength)) }

  /// SHA-256 over all that decides something.
  private func identity() throws -> String {
    var plain = self
    plain.identifier = ""
    plain.origin = nil
    return try "\(Digest(of: JSONEncoder.ofRecords.encode(plain)))"
  }

  /// SHA-256 of the tables in `plan/`.
  package var recorded: [String: String] { tables }

  // MARK: The file

  /// Writes the plan into a run directory, whole or not at all.
  func write(to run: RunDirectory) throws {
    try write(to: run.file(Self.fileName))
  }

  /// Reads the plan of a run directory.
  ///
  /// - Throws: `FileError` where there is none, and for one that is damaged or was changed.
  package init(of run: RunDirectory) throws {
    let path = run.file(PlanFiles.plan.pattern.text)
    guard let plan = try Self.read(run) else {
      throw FileError(
        path, "is not there; topoclip plan EXPERIMENT.yaml --shards N --output \(run.path) makes it"
      )
    }
    self = plan
  }

  /// The plan of a run directory; nil where there is none.
  ///
  /// - Throws: `FileError` for one that is damaged or was changed.
  package static func read(_ run: RunDirectory) throws -> ShardPlan? {
    let path = run.file(PlanFiles.plan.pattern.text)
    guard let plan = try read(path, as: "plan", remedy: remedy) else { return nil }
    guard plan.format == currentFormat, numbers.contains(plan.shards) else {
      throw FileError(
        path,
        "is a plan of another version (format \(plan.format), \(plan.shards) shards); \(remedy)")
    }
    guard try plan.identity() == plan.identifier else {
      throw FileError(
        path, "is not as it was written: its plan_id is not that of what it holds; \(remedy)")
    }
    return plan
  }

  private static let remedy =
    "topoclip plan --overwrite makes it anew, and finished cells and units stay"
}
