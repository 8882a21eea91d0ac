/// The commands that a plan comes down to, as arguments of this program.
extension SubmittedPlan {
  /// What computes a shard of a stage, but for the shard's index, which comes last.
  func arguments(_ stage: ShardStage) -> [String] {
    ["shard", run, "--stage", stage.rawValue, "--plan", shortIdentifier] + options + ["--index"]
  }

  /// What merges the shards.
  ///
  /// - Parameter report: Whether figures and page are made.
  /// - Returns: The arguments.
  func mergeArguments(report: Bool) -> [String] {
    ["merge", run, "--plan", shortIdentifier] + (report ? [] : ["--no-report"]) + options
  }
}
