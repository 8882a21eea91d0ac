extension SharedUnitVariance {
  /// The variance of the mean of scores of pairs.
  ///
  /// - Parameters:
  ///   - cosines: Of every pair, one at least.
  ///   - scale: What they are multiplied by.
  ///   - pairs: The pairs.
  ///   - distinct: Which they are.
  ///   - shuffled: The shuffled pairs that the cosines are of; nil where they are of the pairs.
  /// - Returns: The mean with its interval.
  static func mean(
    _ cosines: [Float], scale: Double, _ pairs: ScoredPairs, _ distinct: DistinctPairs,
    shuffled: ShuffledPairs? = nil
  ) -> ScoreEstimate {
    let count = Double(cosines.count)
    let mean = cosines.reduce(0.0) { $0 + Double($1) } / count
    let observations = cosines.enumerated().map { place, cosine in
      Observation(
        first: shuffled?.imagePairs[place] ?? Int32(place),
        second: shuffled?.textPairs[place] ?? Int32(place),
        influence: scale * (Double(cosine) - mean) / count)
    }
    return ScoreEstimate(
      mean: scale * mean,
      SharedUnitVariance(observations, pairs, distinct, isAtLeastIndependent: shuffled != nil))
  }
}
