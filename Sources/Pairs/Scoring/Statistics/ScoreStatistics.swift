package import LinearAlgebra
package import Runs

/// What scores say of all pairs together: how they are distributed, how far they lie from those of shuffled pairs, how
/// well pairs find one another, and how the two measures go together.
package struct ScoreStatistics: Sendable {
  private let pairs: ScoredPairs
  private let embeddings: any PairEmbeddings
  private let negCLIPLoss: [Double]?
  private let kept: [Bool]?
  private let seed: UInt64

  /// The bins of a histogram, about.
  private static let binLimit = 60
  /// The bins of a side of the table of both measures, about.
  private static let sideLimit = 50

  /// What is asked of.
  ///
  /// - Parameters:
  ///   - pairs: The pairs.
  ///   - embeddings: Theirs.
  ///   - negCLIPLoss: Of every pair; nil where it was not computed.
  ///   - kept: Whether each was kept; nil where none was chosen.
  ///   - seed: Of the shuffled pairs and of the sample that finds its own.
  package init(
    pairs: ScoredPairs, embeddings: any PairEmbeddings, negCLIPLoss: [Double]?, kept: [Bool]?,
    seed: UInt64
  ) {
    precondition(negCLIPLoss?.count ?? pairs.count == pairs.count)
    precondition(kept?.count ?? pairs.count == pairs.count)
    self.pairs = pairs
    self.embeddings = embeddings
    self.negCLIPLoss = negCLIPLoss
    self.kept = kept
    self.seed = seed
  }

  /// The tables of the pairs.
  ///
  /// - Parameter control: Asked now and then.
  /// - Returns: `distribution.csv`, `measures.csv` where negCLIPLoss is known, and `summary.csv`; without rows where
  ///   there is no pair.
  /// - Throws: `FileError` when embeddings cannot be read, `CancellationError`.
  /// - Complexity: O(n · (dimension + log n)) time and O(n) memory, some 100 bytes a pair, and up to 10,000 rows of
  ///   either kind.
  package func tables(control: ComputationControl = ComputationControl()) throws -> [Table] {
    let distinct = DistinctPairs(pairs)
    let shuffled = ShuffledPairs(pairs, distinct: distinct, seed: seed)
    let cosines = try shuffled.cosines(pairs, embeddings, control: control)
    try control.check()
    var tables = [distribution(shuffled: cosines)]
    if let negCLIPLoss { tables.append(measures(negCLIPLoss)) }
    tables.append(try summary(distinct, shuffled, cosines, control))
    return tables
  }

  /// The scores in bins.
  private func distribution(shuffled: [Float]) -> Table {
    var table = Table(ScoreDistributionColumns.file)
    guard let least = pairs.cosines.min(), let greatest = pairs.cosines.max() else { return table }
    let (low, high) = (
      min(least, shuffled.min() ?? least), max(greatest, shuffled.max() ?? greatest)
    )
    let bins = RoundBins(score(low)...score(high), limit: Self.binLimit)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: bins.count), count: 3)
    for (place, cosine) in pairs.cosines.enumerated() {
      let bin = bins.bin(score(cosine))
      counts[0][bin] += 1
      if kept?[place] == true { counts[2][bin] += 1 }
    }
    for cosine in shuffled { counts[1][bins.bin(score(cosine))] += 1 }
    for bin in 0..<bins.count {
      table.append([
        ScoreDistributionColumns.low(bins.low(bin)),
        ScoreDistributionColumns.high(bins.low(bin + 1)),
        ScoreDistributionColumns.matched(counts[0][bin]),
        ScoreDistributionColumns.shuffled(counts[1][bin]),
        ScoreDistributionColumns.kept(kept == nil ? nil : counts[2][bin]),
      ])
    }
    return table
  }

  /// Both measures in bins.
  private func measures(_ negCLIPLoss: [Double]) -> Table {
    var table = Table(ScoreMeasuresColumns.file)
    guard let least = pairs.cosines.min(), let greatest = pairs.cosines.max(),
      let low = negCLIPLoss.min(), let high = negCLIPLoss.max()
    else { return table }
    let scores = RoundBins(score(least)...score(greatest), limit: Self.sideLimit)
    let losses = RoundBins(low...high, limit: Self.sideLimit)
    var counts = [Int](repeating: 0, count: scores.count * losses.count)
    for (cosine, loss) in zip(pairs.cosines, negCLIPLoss) {
      counts[scores.bin(score(cosine)) * losses.count + losses.bin(loss)] += 1
    }
    for (place, count) in counts.enumerated() where count > 0 {
      let (row, column) = place.quotientAndRemainder(dividingBy: losses.count)
      table.append([
        ScoreMeasuresColumns.scoreLow(scores.low(row)),
        ScoreMeasuresColumns.scoreHigh(scores.low(row + 1)),
        ScoreMeasuresColumns.low(losses.low(column)),
        ScoreMeasuresColumns.high(losses.low(column + 1)),
        ScoreMeasuresColumns.count(count),
      ])
    }
    return table
  }

  private func score(_ cosine: Float) -> Double { 100 * Double(cosine) }

  /// The estimates.
  private func summary(
    _ distinct: DistinctPairs, _ shuffled: ShuffledPairs, _ cosines: [Float],
    _ control: ComputationControl
  ) throws -> Table {
    var table = Table(ScoreSummaryColumns.file)
    guard pairs.count > 0 else { return table }
    func append(
      _ quantity: String, _ estimate: ScoreEstimate, count: Int, chance: Double? = nil
    ) {
      table.append([
        ScoreSummaryColumns.quantity(quantity), ScoreSummaryColumns.estimate(estimate.value),
        ScoreSummaryColumns.low(estimate.low), ScoreSummaryColumns.high(estimate.high),
        ScoreSummaryColumns.interval(estimate.interval), ScoreSummaryColumns.count(count),
        ScoreSummaryColumns.chance(chance),
      ])
    }
    append(
      "mean_score", SharedUnitVariance.mean(pairs.cosines, scale: 100, pairs, distinct),
      count: pairs.count)
    if shuffled.count > 0 {
      append(
        "mean_shuffled",
        SharedUnitVariance.mean(cosines, scale: 100, pairs, distinct, shuffled: shuffled),
        count: shuffled.count)
      try control.check()
      append(
        "area_under_curve",
        MatchedArea(pairs, distinct, shuffled: shuffled, cosines: cosines).estimate,
        count: pairs.count, chance: 0.5)
    }
    let retrieval = try SelfRetrieval(
      pairs, distinct, embeddings, seed: seed, control: control)
    for (name, direction) in [
      ("image_to_text", retrieval.imageToText), ("text_to_image", retrieval.textToImage),
    ] {
      for depth in SelfRetrieval.depths {
        append(
          "recall_at_\(depth)_\(name)", direction.estimate(at: depth, pairs, distinct),
          count: direction.before.count, chance: direction.chance(at: depth))
      }
    }
    return table
  }
}
