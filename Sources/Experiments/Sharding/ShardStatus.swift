import Files
package import Runs

/// How far the shards of a plan are, by their records alone: that a job has left a queue says nothing.
package struct ShardStatus: Sendable {
  package let plan: ShardPlan
  /// Where jobs of Slurm have their logs; nil when none was submitted.
  private let logs: String?
  /// The shards that are missing, by stage.
  private let missing: [ShardStage: [Int]]
  /// Whether the run is finished, merged of this plan.
  let isMerged: Bool

  /// Reads the plan and the records of a run directory.
  ///
  /// - Throws: `FileError` for no plan, and naming a record of another one.
  package init(_ run: RunDirectory) throws {
    let plan = try ShardPlan(of: run)
    self.plan = plan
    let jobs = SlurmSubmission.folder(of: run.path)
    logs = try FileStatus(jobs) == nil ? nil : jobs
    let manifest = try Manifest.read(run)
    let isMerged = manifest.map { $0.isFinished && $0.plan == plan.identifier } ?? false
    self.isMerged = isMerged
    // The merge has computed the units that no shard has.
    missing = try Dictionary(
      uniqueKeysWithValues: ShardStage.allCases.map {
        ($0, $0 == .analyses && isMerged ? [] : try plan.missing($0, in: run))
      })
  }

  /// The shards that have not finished a stage, ascending.
  package func missing(_ stage: ShardStage) -> [Int] { missing[stage] ?? [] }

  /// The same as an array's indices: `3,7,12-15`; empty for none.
  package func retryArray(_ stage: ShardStage) -> String { "\(IndexRanges(missing(stage)))" }

  /// A line a stage, for people.
  package var table: String {
    var text =
      "plan \(plan.shortIdentifier) (\(plan.name)), \(plan.shards == 1 ? "1 shard" : "\(plan.shards) shards")\n"
    for stage in ShardStage.allCases {
      let count = plan.shards - missing(stage).count
      let rest = retryArray(stage)
      text += "\(stage.rawValue): \(count) done"
      text += rest.isEmpty ? "\n" : ", \(missing(stage).count) missing: \(rest)\n"
    }
    guard !isMerged else { return text + "merged: the run is finished\n" }
    return text
      + "not merged: topoclip merge makes the tables, and units of analysis that are missing\n"
      + (logs.map { "logs of Slurm's jobs: \($0)\n" } ?? "")
  }
}
