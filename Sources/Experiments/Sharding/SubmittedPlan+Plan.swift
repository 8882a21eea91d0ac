import Files
import Foundation
import Runs

extension SubmittedPlan {
  /// The plan of a run directory, with what its shards have left on record.
  ///
  /// - Throws: `FileError` for no plan, a damaged one, and a record of another one.
  package init(run path: String) throws {
    let run = RunDirectory(ResolvedPath(path).path)
    let status = try ShardStatus(run)
    self.init(
      run: run.path, name: status.plan.name, identifier: status.plan.identifier,
      shards: status.plan.shards,
      missing: Dictionary(
        uniqueKeysWithValues: ShardStage.allCases.map { ($0, status.missing($0)) }),
      isMerged: status.isMerged)
  }
}
