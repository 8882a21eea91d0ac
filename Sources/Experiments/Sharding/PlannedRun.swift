import CLIP
import Embedding
import Files
import Foundation
import LinearAlgebra
package import Runs
import Version

/// A run directory with a plan, opened on this machine to do a part of it.
package struct PlannedRun {
  package let run: RunDirectory
  package let plan: ShardPlan
  let tables: PlannedTables
  /// The sweep that the plan is of.
  let sweep: Sweep

  /// Opens the plan of a run directory.
  ///
  /// Relative paths of the experiment start where it was planned, if that folder is there.
  ///
  /// - Parameters:
  ///   - path: The run directory.
  ///   - identifier: The beginning of the plan's identifier, where the caller means that one; nil for whichever is there.
  ///   - arguments: The command line, for the manifest.
  ///   - isQuiet: Whether to show no progress.
  ///   - overwrites: Whether another run that is there is replaced.
  /// - Throws: `FileError` for no plan, a damaged one, or another one than is meant; `RunError` for an experiment that is
  ///   read otherwise than it was.
  package init(
    _ path: String, identifier: String? = nil, arguments: [String], isQuiet: Bool,
    overwrites: Bool = false
  ) throws {
    let here = FileManager.default.currentDirectoryPath
    let run = RunDirectory(path.hasPrefix("/") ? path : here + "/" + path)
    let plan = try ShardPlan(of: run)
    if let identifier { try plan.require(identifier, in: run) }
    let tables = try PlannedTables(run, of: plan)
    (self.run, self.plan, self.tables) = (run, plan, tables)
    let folder = plan.origin?.folder ?? here
    let isThere = folder == here || FileManager.default.changeCurrentDirectoryPath(folder)
    var experiment = try Experiment(plan.experiment)
    if !isThere, let cache = experiment.cache, !cache.isAbsolutePath {
      // Other files that are missing are named by their relative paths; this one would be made anew.
      throw FileError(
        folder,
        "cannot be entered on this machine, and the plan's --cache \(cache) starts there: make it reachable, or plan "
          + "again with the whole path and --overwrite")
    }
    experiment.output = run.path
    let settings = Dictionary(
      uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) })
    if let key = Set(settings.keys).union(plan.configuration.keys).sorted()
      .first(where: { settings[$0] != plan.configuration[$0] })
    {
      throw FileError(
        run.file(PlanFiles.plan.pattern.text),
        "was made by another version of the program, which read \(key) as "
          + "\"\(plan.configuration[key] ?? "nothing")\"; this one reads \"\(settings[key] ?? "nothing")\". Use the "
          + "program that made it (\(plan.origin?.program.description ?? "unknown")), or plan again with --overwrite"
      )
    }
    var sweep = Sweep(experiment, arguments: arguments, isQuiet: isQuiet, overwrites: overwrites)
    sweep.plan = plan.identifier
    if experiment.embeddings == nil { sweep.knownImages = tables.images }
    self.sweep = sweep
  }

  /// Refuses a machine whose kernels are others than the plan's: their last bits differ.
  ///
  /// - Throws: `RunError.failure` naming both.
  func requireKernels(for stage: ShardStage) throws {
    let (own, planned) =
      switch stage {
      case .embeddings:
        (sweep.experiment.precision.arithmetic.kernels, plan.embeddingKernels)
      case .analyses: (Kernels.description, plan.analysisKernels)
      }
    if stage == .embeddings, sweep.experiment.embeddings != nil { return }
    guard own != planned else { return }
    throw RunError.failure(
      "this machine computes with \(own), and the plan \(plan.shortIdentifier) with \(planned): their last bits differ. "
        + "Send the shard to a machine like the one that planned (sbatch --constraint), or plan on one of these"
    )
  }

  /// The parts of the experiment.
  func parts() throws -> [SweepPart] { try sweep.parts() }

  /// The images of a part; nil where they are to be listed by themselves.
  var knownImages: InspectedImages? { sweep.knownImages }

  /// The shards that have not finished a stage.
  ///
  /// - Throws: `FileError` naming a record of another plan.
  package func missing(_ stage: ShardStage) throws -> [Int] {
    try plan.missing(stage, in: run)
  }
}

extension ShardPlan {
  /// The shards that have not finished a stage, by their records alone.
  ///
  /// - Throws: `FileError` naming a record of another plan.
  package func missing(_ stage: ShardStage, in run: RunDirectory) throws -> [Int] {
    let finished = try ShardRecord.finished(stage, of: self, in: run)
    return (0..<shards).filter { !finished.contains($0) }
  }

  /// Refuses a plan that is not the one that is meant.
  func require(_ identifier: String, in run: RunDirectory) throws {
    guard identifier.count < Self.shortLength || !self.identifier.hasPrefix(identifier) else {
      return
    }
    throw FileError(
      run.file(PlanFiles.plan.pattern.text),
      "is the plan \(shortIdentifier), and \(identifier.prefix(Self.shortLength)) is asked for (--plan, "
        + "\(Self.shortLength) digits or more): submit again")
  }
}
