import Analyses
import Files
package import Runs

/// What a run's embeddings, scores and diagrams say together: levels compared, corruption errors, classes
/// that merge, and whether topology tracks accuracy.
package struct StatisticsTables {
  package let run: RunDirectory
  package let samples: SampleTable
  let settings: StatisticsSettings
  let angles: AngleSettings
  /// Neighbours whose loss is measured.
  let neighbors: Int
  let maximumDimension: Int
  package let conditions: [Condition]
  /// Zero-shot classification; nil when there is none.
  package let accuracy: AccuracyTables.Content?

  package init(
    run: RunDirectory, samples: SampleTable, settings: StatisticsSettings, angles: AngleSettings,
    neighbors: Int, maximumDimension: Int, conditions: [Condition],
    accuracy: AccuracyTables.Content?
  ) {
    self.run = run
    self.samples = samples
    self.settings = settings
    self.angles = angles
    self.neighbors = neighbors
    self.maximumDimension = maximumDimension
    self.conditions = conditions
    self.accuracy = accuracy
  }

  /// The names, in the run directory, of all files that `write` may make.
  package static let files = [
    "levels.csv", "level_tests.csv", "reliability.csv", "corruption.csv", "groups.csv",
    "changes.csv", "link.csv", "merges.csv", "class_means.csv", "merging_pairs.csv",
  ]

  /// Writes every table that the run has the numbers for.
  ///
  /// - Parameter baseline: What corruption errors are relative to.
  /// - Returns: The link between topology and accuracy, for a person.
  /// - Throws: `FileError` naming a table or embeddings that are damaged.
  package func write(baseline: CorruptionBaseline?) throws -> String {
    func write(_ table: ResultTable, _ name: String) throws {
      try AtomicFile.write(table.csv, to: run.file(name))
    }
    if let accuracy {
      let levels = LevelTables(
        scores: accuracy.scores, samples: samples, settings: settings,
        temperature: accuracy.rows.first?.statistics.scaled?.temperature)
      try write(try levels.accuracy(), "levels.csv")
      try write(try levels.tests(), "level_tests.csv")
      try write(levels.reliability(), "reliability.csv")
      if !settings.groups.isEmpty { try write(try levels.groups(), "groups.csv") }
      let errors = accuracy.rows.compactMap { row in
        row.statistics[.top1].map { (condition: row.condition, top1: $0.estimate) }
      }
      try write(
        CorruptionTable(
          errors: CorruptionTable.Errors(errors), levels: NoiseLevel.all(conditions),
          baseline: baseline
        ).table(), "corruption.csv")
    }
    try MergeTables(
      run: run, samples: samples, conditions: conditions, scores: accuracy?.scores
    ).write()
    guard conditions.contains(.clean), conditions.count > 1 else { return "" }
    let changes = try ClassChanges(
      ClassChanges.Source(
        run: run, samples: samples, conditions: conditions, scores: accuracy?.scores,
        angles: angles, neighbors: neighbors,
        maximumDimension: maximumDimension))
    try write(changes.table(groups: settings.groups), "changes.csv")
    let rows = try LinkTable(changes: changes, settings: settings).rows()
    try write(LinkTable.table(rows), "link.csv")
    return LinkTable.markdown(rows)
  }
}
