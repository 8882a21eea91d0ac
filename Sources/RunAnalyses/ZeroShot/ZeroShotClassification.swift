import Files
package import Runs

/// Zero-shot classification of a run's images, or of those of one split: its scores, its unit of work a condition,
/// and its tables.
package struct ZeroShotClassification: Sendable {
  private let context: RunContext
  private let split: String?

  /// The classification of a run; nil without embeddings of the classes.
  ///
  /// - Parameters:
  ///   - context: The run.
  ///   - split: The split whose images are classified; nil for all images.
  package init?(_ context: RunContext, split: String? = nil) {
    guard context.logitScale != nil else { return nil }
    self.context = context
    self.split = split
  }

  /// The scores, computed once in a run.
  ///
  /// - Throws: `FileError` when no image has that split, and as `ZeroShotScores`.
  package func scores() throws -> ZeroShotScores {
    try context.shared("zero-shot scores of \(split ?? "all images")") {
      let rows = context.samples.splits.indices.filter {
        split == nil || context.samples.splits[$0] == split
      }
      guard !rows.isEmpty else {
        throw FileError(
          context.run.file("samples.csv"), "has no sample of the split \(split ?? "")")
      }
      guard let classes = try context.classEmbeddings() else {
        preconditionFailure("a run without embeddings of the classes")
      }
      return try ZeroShotScores(context, rows: rows, classes: classes)
    }
  }

  // MARK: Accuracy

  /// The accuracy under a condition.
  func accuracy(_ condition: Condition) throws -> CachedUnit<AccuracyStatistics> {
    let settings = context.analyses[StatisticsAnalysis.self]
    let key = ZeroShotAnalysis(NoSettings()).key(
      "accuracy \(condition.name)",
      more: settings.canonical(StatisticsAnalysis.name, ["replicates", "seed", "folds"])
        + (split.map { [("split", $0)] } ?? []),
      reads: try context.digests(withClean: [condition]))
    return CachedUnit(
      key, work: context.scoring(conditions: 1) + settings.resampling(of: context, seeds: 1)
    ) { [self] in
      let scores = try scores()
      guard let score = scores.condition(condition) else {
        preconditionFailure("\(condition.name) is no condition of the run")
      }
      return try AccuracyStatistics(
        [score], labels: scores.samples.labels, classCount: scores.samples.classes.count,
        temperature: scores.temperature, settings: settings)
    }
  }

  /// That under every condition.
  package func accuracies() throws -> [ConditionAccuracy] {
    try context.conditions.map { condition in
      try Interruption.check()
      return ConditionAccuracy(
        condition: condition, statistics: try context.store.value(accuracy(condition)))
    }
  }

  // MARK: Tables

  /// Writes all tables.
  ///
  /// - Parameter output: Where they go.
  /// - Returns: The accuracy for a person.
  /// - Throws: As `scores`.
  package func write(to output: RunDirectory) throws -> String {
    let scores = try scores()
    try scores.writeConfusion(to: output)
    try scores.writePredictions(to: output)
    let accuracies = try accuracies()
    let markdown = AccuracyTable.markdown(accuracies)
    try output.write(AccuracyTable.table(accuracies))
    try output.write(markdown, AccuracyColumns.markdown)
    try output.write(AccuracyTable.latex(accuracies), AccuracyColumns.latex)
    return markdown
  }
}

extension RunContext {
  /// What scores under some conditions are made of: their embeddings, those of the classes, and the labels.
  func digests(_ conditions: [Condition]) throws -> [Digest] {
    try conditions.map(digest) + [classDigest()].compactMap(\.self) + [sampleDigest]
  }

  /// The same with the clean images, which temperatures are fitted on and drops are from, where there are any.
  func digests(withClean conditions: [Condition]) throws -> [Digest] {
    try digests((self.conditions.contains(.clean) ? [.clean] : []) + conditions)
  }
}
