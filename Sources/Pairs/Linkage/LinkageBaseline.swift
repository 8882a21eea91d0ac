import Analyses
import Embedding
import LinearAlgebra
import RunAnalyses
import Runs

/// The Jaccard baseline over its grid of n-grams and thresholds.
struct LinkageBaseline {
  private let test: [JaccardLinkage]
  private let validation: [JaccardLinkage]?
  private let labels: [Int?]
  private let validationLabels: [Int?]

  /// Links the test records, and the validation records where there are any.
  ///
  /// - Throws: `FileError` for settings out of range; `RunError.interrupted`.
  init(
    _ settings: LinkageSettings.Baseline, test: LinkageRecords, validation: LinkageRecords?,
    control: ComputationControl
  ) throws {
    func results(_ records: LinkageRecords) throws -> [JaccardLinkage] {
      try settings.gramLengths.flatMap { length in
        try analyzing(records.table.file) {
          try JaccardLinkage.results(
            texts: records.table.records.map(\.text), labels: records.labels, gramLength: length,
            thresholds: settings.thresholds, control: control)
        }
      }
    }
    labels = test.labels
    validationLabels = validation?.labels ?? []
    self.test = try results(test)
    self.validation = try validation.map(results)
  }

  /// The clusters that the best place in the grid makes of the test records.
  ///
  /// That is the one with the largest adjusted Rand index on the validation records, of several the first;
  /// nil without validation records.
  var best: LinkageResult? {
    guard let validation else { return nil }
    let counts = validation.map { PairCounts($0.partition, labels: validationLabels) }
    guard
      let best = counts.indices.max(by: { a, b in
        (counts[a].adjustedRandIndex, b) < (counts[b].adjustedRandIndex, a)
      })
    else { return nil }
    let chosen = test[best]
    let isScored = labels.count { $0 != nil } > 1
    return LinkageResult(
      input: "jaccard-\(chosen.gramLength)", threshold: chosen.threshold,
      validation: LinkageResult.Validation(
        counts: counts[best], plateau: nil),
      imageWeight: nil, partition: chosen.partition,
      counts: isScored ? PairCounts(chosen.partition, labels: labels) : nil,
      mutualInformation: isScored
        ? normalizedMutualInformation(chosen.partition, labels: labels) : nil,
      ceiling: nil, links: [])
  }

  /// `jaccard.csv`: a row a place in the grid; pairs are the linked ones themselves, then what the
  /// clusters that they make give.
  var table: Table {
    var table = Table(JaccardColumns.file)
    let isScored = labels.count { $0 != nil } > 1
    for (index, result) in test.enumerated() {
      let counts = isScored ? PairCounts(result.partition, labels: labels) : nil
      let pairs = isScored ? result.pairs : nil
      let validated = validation.map { PairCounts($0[index].partition, labels: validationLabels) }
      let linked = [
        JaccardColumns.words(result.gramLength), JaccardColumns.threshold(result.threshold),
        JaccardColumns.linked(pairs?.clustered), JaccardColumns.pairPrecision(pairs?.precision),
        JaccardColumns.pairRecall(pairs?.recall), JaccardColumns.pairF1(pairs?.f1),
        JaccardColumns.clusters(result.partition.count),
        JaccardColumns.adjustedRandIndex(counts?.adjustedRandIndex),
      ]
      table.append(
        linked + PairScoreColumns.cells(counts) + [
          JaccardColumns.validation(validated?.adjustedRandIndex)
        ])
    }
    return table
  }
}
