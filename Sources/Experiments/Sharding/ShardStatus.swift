import Foundation
package import Runs

/// How far the shards of a plan are, by their records alone: that a job has left a queue says nothing.
package struct ShardStatus: Sendable {
  package let plan: ShardPlan
  private let run: RunDirectory
  /// The shards that are missing, by stage.
  private let missing: [ShardStage: [Int]]
  /// Whether the run has been made since, of what was planned.
  let isMerged: Bool

  /// Reads the plan and the records of a run directory.
  ///
  /// - Throws: `FileError` for no plan, and naming a record of another one.
  package init(_ run: RunDirectory) throws {
    let plan = try ShardPlan(of: run)
    self.plan = plan
    self.run = run
    missing = try Dictionary(
      uniqueKeysWithValues: ShardStage.allCases.map { ($0, try plan.missing($0, in: run)) })
    isMerged = try Manifest.read(run).map { plan.isMade($0) } ?? false
  }

  /// The shards that have not finished a stage, ascending.
  package func missing(_ stage: ShardStage) -> [Int] { missing[stage] ?? [] }

  /// The same as an array's indices: `3,7,12-15`; empty for none.
  package func retryArray(_ stage: ShardStage) -> String { "\(IndexRanges(missing(stage)))" }

  /// A line a stage, for people.
  package var table: String {
    var text = "plan \(plan.shortIdentifier) (\(plan.name)), \(plan.shards) shards\n"
    for stage in ShardStage.allCases {
      let count = plan.shards - missing(stage).count
      let rest = retryArray(stage)
      text += "\(stage.rawValue): \(count) done"
      text += rest.isEmpty ? "\n" : ", \(missing(stage).count) missing: \(rest)\n"
    }
    return text
      + (isMerged
        ? "merged: the run is finished\n"
        : "not merged: topoclip merge makes the tables, and units of analysis that are missing\n")
  }
}

extension ShardPlan {
  /// Whether a manifest is of a run that was finished since, with all that was planned.
  fileprivate func isMade(_ manifest: Manifest) -> Bool {
    guard let finished = manifest.finishedAt, let planned = origin?.plannedAt, finished >= planned
    else { return false }
    // Both are whole seconds. What a plan leaves open, a run may fill in.
    return configuration.allSatisfy { key, value in
      value.isEmpty || manifest.configuration[key] == value
    }
  }
}
