import LinearAlgebra

/// How far the scores of pairs lie from those of shuffled ones: the area under the ROC curve, the probability that
/// a pair has the larger cosine, ties counted half (Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747).
///
/// Its interval respects that pairs share images and captions, and that a shuffled pair hangs on two: the influence
/// of an observation is its structural component (DeLong, DeLong and Clarke-Pearson 1988, doi:10.2307/2531595), and
/// their variance is `SharedUnitVariance`.
struct MatchedArea: Sendable {
  /// The area with its interval.
  let estimate: ScoreEstimate

  /// The area of cosines.
  ///
  /// - Parameters:
  ///   - pairs: The pairs, one at least.
  ///   - distinct: Which they are.
  ///   - shuffled: The shuffled pairs, one at least.
  ///   - cosines: Theirs.
  /// - Complexity: O(n · log n) time, O(n) memory.
  init(
    _ pairs: ScoredPairs, _ distinct: DistinctPairs, shuffled: ShuffledPairs, cosines: [Float]
  ) {
    precondition(pairs.count > 0 && shuffled.count > 0 && cosines.count == shuffled.count)
    let lower = Self.below(pairs.cosines, among: cosines)
    let upper = Self.below(cosines, among: pairs.cosines)
    // Whole numbers of half comparisons, so that the area of separated scores is exactly 1.
    let halves = lower.reduce(0, +)
    let (n, m) = (Double(pairs.count), Double(shuffled.count))
    let area = Double(halves) / (2 * n * m)
    var observations: [SharedUnitVariance.Observation] = []
    observations.reserveCapacity(pairs.count + shuffled.count)
    for (place, count) in lower.enumerated() {
      observations.append(
        SharedUnitVariance.Observation(
          first: Int32(place), second: Int32(place),
          influence: (Double(count) / (2 * m) - area) / n))
    }
    for (place, count) in upper.enumerated() {
      observations.append(
        SharedUnitVariance.Observation(
          first: shuffled.imagePairs[place], second: shuffled.textPairs[place],
          influence: (1 - Double(count) / (2 * n) - area) / m))
    }
    estimate = ScoreEstimate(
      area: area, SharedUnitVariance(observations, pairs, distinct))
  }

  /// For every value twice the number of others below it, and once that of those equal to it.
  private static func below(_ values: [Float], among others: [Float]) -> [Int] {
    let sorted = others.sorted()
    return values.map { sorted.lowerBound(of: $0) + sorted.upperBound(of: $0) }
  }
}
