package import Analyses
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs

/// The distributions of pairwise cosines of one or several embeddings.
package struct SimilarityTable {
  /// An input, the number of its rows that are paired, and how their cosines are distributed.
  private let keepsDuplicates: Bool
  private let columns: [(name: String, rows: Int, distribution: CosineDistribution)]

  /// Computes them.
  ///
  /// - Parameters:
  ///   - inputs: The embeddings' files.
  ///   - bins: The bins of a histogram over [−1, 1].
  ///   - sample: How many rows to draw; nil for all.
  ///   - seed: The seed that draws them.
  ///   - keepsDuplicates: Whether pairs of cosine 0.999 and more count like the others.
  ///   - isQuiet: Whether to show no progress.
  /// - Throws: `FileError` naming the file; `CancellationError`.
  package init(
    inputs: [String], bins: Int, sample: Int?, seed: UInt64, keepsDuplicates: Bool = false,
    isQuiet: Bool
  ) throws {
    self.keepsDuplicates = keepsDuplicates
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    columns = try inputs.map { input in
      let points = try RoundedPoints(input, metric: .cosine).matrix
      let distribution = try analyzing(input) {
        try CosineDistribution(
          of: UnitRows(points), bins: bins, sample: sample, seed: seed,
          keepsDuplicates: keepsDuplicates,
          control: control)
      }
      return (input, min(sample ?? points.rows, points.rows), distribution)
    }
  }

  /// Distributions that are there.
  ///
  /// - Parameters:
  ///   - distributions: Names, how many rows each has, and how their cosines are distributed.
  ///   - keepsDuplicates: Whether pairs of cosine 0.999 and more count like the others in them.
  package init(
    _ distributions: [(name: String, rows: Int, distribution: CosineDistribution)],
    keepsDuplicates: Bool
  ) {
    columns = distributions
    self.keepsDuplicates = keepsDuplicates
  }

  /// `input,low,high,count,share`: a line a bin and input.
  package var csv: String {
    var table = Table(SimilarityColumns.file)
    for (name, _, distribution) in columns {
      let bins = distribution.counts.count
      let total = distribution.counts.reduce(0, +)
      for (bin, count) in distribution.counts.enumerated() {
        table.append([
          SimilarityColumns.input(name),
          SimilarityColumns.low(Double(2 * bin - bins) / Double(bins)),
          SimilarityColumns.high(Double(2 * bin + 2 - bins) / Double(bins)),
          SimilarityColumns.count(count),
          SimilarityColumns.share(total > 0 ? Double(count) / Double(total) : nil),
        ])
      }
    }
    return table.csv
  }

  /// `input,rows,pairs,duplicates,mean,standard_deviation,minimum,maximum`: a line an input.
  package var summary: String {
    var table = Table(SimilaritySummaryColumns.file)
    for (name, rows, distribution) in columns {
      table.append([
        SimilaritySummaryColumns.input(name), SimilaritySummaryColumns.rows(rows),
        SimilaritySummaryColumns.pairs(distribution.pairs),
        SimilaritySummaryColumns.duplicates(distribution.duplicates),
        SimilaritySummaryColumns.mean(distribution.mean),
        SimilaritySummaryColumns.deviation(
          distribution.pairs > 0 ? distribution.standardDeviation : nil),
        SimilaritySummaryColumns.minimum(distribution.minimum),
        SimilaritySummaryColumns.maximum(distribution.maximum),
      ])
    }
    return table.csv
  }

  /// A line an input for a person.
  package var messages: [String] {
    columns.map { name, rows, distribution in
      let numbers =
        distribution.pairs > 0
        ? String(
          format: keepsDuplicates
            ? "mean %.4f, standard deviation %.4f" : "mean %.3f, standard deviation %.3f",
          distribution.mean, distribution.standardDeviation) : "so no mean"
      let text = "\(name): \(rows) rows, \(distribution.pairs) pairs, \(numbers)"
      if keepsDuplicates { return text }
      let advice =
        distribution.duplicates > distribution.pairs ? " (--keep-duplicates counts them)" : ""
      return "\(text); \(distribution.duplicates) pairs of cosine 0.999 and more left out\(advice)"
    }
  }
}
