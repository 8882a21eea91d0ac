import Analyses
import Foundation
import Runs

/// Clusters of the test records by one input, and what the labels say of them.
struct LinkageResult {
  /// `image`, `text`, `both`, or `jaccard-2` for a baseline of pairs of words.
  let input: String
  /// The threshold used: the largest cosine distance that links, or the baseline's least Jaccard index.
  let threshold: Double
  /// What the validation records said; nil when the user gave the threshold.
  let validation: Validation?
  /// The image's part; nil for the baseline.
  let imageWeight: Double?
  let partition: Partition
  /// Nil when fewer than two test records have labels.
  let counts: PairCounts?
  let mutualInformation: Double?
  /// What the best threshold for the test records would have given.
  ///
  /// No result, but how much the choice of the threshold costs. Nil for the baseline and without labels.
  let ceiling: ThresholdAgreement.Optimum?
  /// The merges that made the clusters; empty for the baseline.
  let links: [Dendrogram.Merge]

  struct Validation {
    let counts: PairCounts
    /// The thresholds that are as good, from `low` on and below `high`; nil for the baseline's grid.
    let plateau: (low: Double, high: Double)?
  }

  /// The table `linkage.csv`.
  static func table(_ results: [LinkageResult]) -> Table {
    var table = Table(LinkageColumns.file)
    for result in results {
      let scores = [
        LinkageColumns.input(result.input), LinkageColumns.imageWeight(result.imageWeight),
        LinkageColumns.threshold(result.threshold),
        LinkageColumns.plateauLow(result.validation?.plateau?.low),
        LinkageColumns.plateauHigh(result.validation?.plateau?.high),
        LinkageColumns.validation(result.validation?.counts.adjustedRandIndex),
        LinkageColumns.clusters(result.partition.count),
        LinkageColumns.adjustedRandIndex(result.counts?.adjustedRandIndex),
      ]
      table.append(
        scores + PairScoreColumns.cells(result.counts) + [
          LinkageColumns.mutualInformation(result.mutualInformation),
          LinkageColumns.ceiling(result.ceiling?.counts.adjustedRandIndex),
          LinkageColumns.ceilingThreshold(result.ceiling?.threshold),
        ])
    }
    return table
  }

  /// The same for a person, rounded.
  static func markdown(_ results: [LinkageResult]) -> String {
    func rounded(_ value: Double?, digits: Int = 4) -> String {
      value.map { $0.isFinite ? String(format: "%.\(digits)f", $0) : "∞" } ?? ""
    }
    // Finer than scores: where many records lie close together a plateau is short.
    func distance(_ value: Double?) -> String { rounded(value, digits: 6) }
    let lines = results.map { result in
      let plateau =
        result.validation?.plateau.map { "[\(distance($0.low)), \(distance($0.high)))" } ?? ""
      let cells = [
        result.input, rounded(result.imageWeight), distance(result.threshold), plateau,
        rounded(result.validation?.counts.adjustedRandIndex), "\(result.partition.count)",
        rounded(result.counts?.adjustedRandIndex), rounded(result.counts?.precision),
        rounded(result.counts?.recall), rounded(result.counts?.f1),
        rounded(result.ceiling?.counts.adjustedRandIndex),
      ]
      return "| \(cells.joined(separator: " | ")) |\n"
    }
    return
      "| input | w | threshold | plateau | validation ARI | clusters | ARI | precision | recall "
      + "| F1 | best possible ARI |\n"
      + "|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|\n" + lines.joined()
  }
}
