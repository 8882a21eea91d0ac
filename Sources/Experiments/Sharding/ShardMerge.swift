import Runs

/// The run itself, of what shards have finished.
extension PlannedRun {
  /// The sweep that writes the run's files from the cells and units that are there, and computes units that are not.
  ///
  /// - Returns: The sweep; it is executed under the run's lock as any other.
  /// - Throws: `FileError` naming cells that are missing and their shards, and records of another plan.
  package func merging() throws -> Sweep {
    try requireKernels(for: .embeddings)
    try requireKernels(for: .analyses)
    for stage in ShardStage.allCases { _ = try missing(stage) }
    let prepared = try parts().map { try PreparedPart($0, known: knownImages) { _ in false } }
    for part in prepared { try requireModel(part) }
    try requireFinished(prepared)
    var sweep = sweep
    if let replaced = plan.origin?.replaced, !sweep.overwrites {
      sweep.overwrites = try parts().contains { replaced.contains(try ReplacedRun($0)) }
    }
    return sweep
  }
}
