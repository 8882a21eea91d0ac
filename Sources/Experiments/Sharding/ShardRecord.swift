import Files
import Foundation
import Logging
package import Runs
import Version

/// What a shard has finished of a stage: `shards/K/STAGE.json`, written when all of it is on the disk.
///
/// A stage of a shard is done when its record is there, and not before: that a job has left a queue says nothing.
package struct ShardRecord: RecordFile {
  package static let fileName = PlanFiles.record.pattern.text

  /// The plan's identifier.
  let plan: String
  let stage: ShardStage
  let shard: Int
  let program: ProgramVersion
  let kernels: String
  let host: Machine
  let startedAt: Date
  let finishedAt: Date
  /// SHA-256 of the finished files, by their paths in the run directory, or whole ones for a shared cache.
  let objects: [String: String]

  enum CodingKeys: String, CodingKey {
    case plan = "plan_id"
    case stage, shard, program, kernels, host, objects
    case startedAt = "started_at"
    case finishedAt = "finished_at"
  }

  /// The folder of a shard in the run directory: its records, and its lock.
  static func folder(_ shard: Int) -> String { "\(PlanFiles.shards)/\(shard)" }

  private static func path(_ shard: Int, _ stage: ShardStage) -> String {
    "\(folder(shard))/\(stage.rawValue).json"
  }

  /// The shards that have a folder in a run directory, ascending, whatever plan they are of.
  ///
  /// - Throws: `FileError` for a folder that cannot be listed.
  private static func shards(in run: RunDirectory) throws -> [Int] {
    try run.contents(PlanFiles.shards).compactMap { name in
      Int(name).flatMap { $0 >= 0 && "\($0)" == name ? $0 : nil }
    }.sorted()
  }

  /// Writes it, whole or not at all.
  func write(to run: RunDirectory) throws { try write(to: run.file(Self.path(shard, stage))) }

  /// The record of a shard's stage; nil where there is none, or none that can be read, which is told.
  ///
  /// - Throws: `FileError` for one of another plan; when the system fails.
  static func read(
    _ shard: Int, _ stage: ShardStage, of plan: ShardPlan, in run: RunDirectory
  ) throws -> ShardRecord? {
    let path = run.file(path(shard, stage))
    let record: ShardRecord?
    do { record = try Self.read(path) } catch let error as FileError where !error.isSystemFault {
      Logger(label: "topoclip").warning("\(error)\nThe shard counts as missing.")
      return nil
    }
    guard let record else { return nil }
    guard record.plan == plan.identifier else {
      throw FileError(
        path,
        "is of the plan \(record.plan.prefix(ShardPlan.shortLength)), and \(run.path) has the plan "
          + "\(plan.shortIdentifier); take the shard's folder away, or plan again with --overwrite")
    }
    guard record.shard == shard, record.stage == stage else {
      throw FileError(
        path, "is the record of the shard \(record.shard) (\(record.stage)); move it to its place")
    }
    return record
  }

  /// The shards of a plan that have finished a stage.
  ///
  /// - Throws: `FileError` naming a record of another plan.
  /// - Complexity: Reads every record.
  static func finished(
    _ stage: ShardStage, of plan: ShardPlan, in run: RunDirectory
  ) throws -> Set<Int> {
    // A shard whose number the plan does not have is another plan's; a folder without a record says nothing.
    for shard in try shards(in: run) where shard >= plan.shards {
      guard try read(shard, stage, of: plan, in: run) != nil else { continue }
      throw FileError(
        run.file(folder(shard)),
        "is a shard that the plan \(plan.shortIdentifier) of \(plan.shards) shards does not have; take it away"
      )
    }
    return try Set(
      (0..<plan.shards).filter { try read($0, stage, of: plan, in: run) != nil })
  }

  /// The paths of all records in a run directory, whatever plan they are of.
  ///
  /// - Throws: `FileError` for a folder that cannot be listed.
  package static func paths(in run: RunDirectory) throws -> [String] {
    try shards(in: run).flatMap { shard in
      try ShardStage.allCases.map { path(shard, $0) }
        .filter { try FileStatus(run.file($0)) != nil }
    }
  }

  /// Removes the records of other plans.
  static func removeOthers(than plan: ShardPlan, in run: RunDirectory) throws {
    for shard in try shards(in: run) {
      for stage in ShardStage.allCases {
        // One of another plan is an error here, and goes.
        if let record = try? read(shard, stage, of: plan, in: run), record.shard < plan.shards {
          continue
        }
        try remove(shard, stage, in: run)
      }
      let folder = run.file(folder(shard))
      if shard >= plan.shards {
        // What a shard that was killed has left; one that is at work keeps its own, and says in the end that its plan
        // is gone.
        try? RunLock.hold(folder, makesFolder: false) { AtomicFile.removeLeftovers(in: folder) }
      }
      unsafe rmdir(folder)
    }
  }

  /// Removes a record: the shard has not finished the stage, or not any more.
  ///
  /// - Throws: `FileError` where it is there and cannot be removed.
  static func remove(_ shard: Int, _ stage: ShardStage, in run: RunDirectory) throws {
    let path = run.file(path(shard, stage))
    guard unsafe unlink(path) == 0 || errno == ENOENT else {
      throw FileError(path, "cannot be removed", SystemFault.last)
    }
  }
}
