import RealModule

/// Intervals of a share of units, such as an accuracy, that hold where few are right or nearly all.
public enum ShareInterval {
  /// The interval of a binomial share.
  ///
  /// Method: Clopper and Pearson 1934 (doi:10.2307/2331986), the quantiles (1 − c) / 2 of Beta(k, n − k + 1)
  /// and (1 + c) / 2 of Beta(k + 1, n − k). It covers with the stated probability or more, whatever the
  /// share. The number of trials need not be whole.
  ///
  /// - Parameters:
  ///   - successes: k, from 0 to n.
  ///   - trials: n, above 0.
  ///   - confidence: c, such as 0.95.
  /// - Returns: The interval, from 0 without a success and to 1 without a failure.
  public static func clopperPearson(
    successes: Double, trials: Double, confidence: Double = 0.95
  ) -> ConfidenceInterval {
    precondition(trials > 0 && (0...trials).contains(successes))
    let (tail, failures) = ((1 - confidence) / 2, trials - successes)
    let low = successes == 0 ? 0 : BetaDistribution.quantile(tail, successes, failures + 1)
    let high = failures == 0 ? 1 : BetaDistribution.quantile(1 - tail, successes + 1, failures)
    return ConfidenceInterval(low: min(low, high), high: high, method: .clopperPearson)
  }

  /// The interval of the share of units that are right, each under some replicates, or of the mean of the
  /// shares of strata.
  ///
  /// Method: of one replicate without strata Clopper and Pearson's. Else that of a binomial share of as many
  /// trials as would have its variance V, n* = p (1 − p) / V · (t(n − 1) / t(ν))², as Korn and Graubard have
  /// it for surveys (1998, Survey Methodology 24, 193–201). V is that of `CrossedMean`, ν its degrees of
  /// freedom, and what one more unit would add that has the rarer outcome under a quarter of the replicates:
  /// where few units have it, and many replicates agree, the variance between units is seen too small. Where
  /// all are right, or all wrong, V says nothing: then the interval is Clopper and Pearson's of the units,
  /// and with strata of unequal sizes its like: the least mean of shares p_c for which Π p_c^(n_c) is (1 − c)
  /// / 2, that is p_c = min(1, n_c / λ).
  ///
  /// - Parameters:
  ///   - outcomes: A row a replicate, in it whether each unit is right; of one unit at least.
  ///   - strata: The stratum of every unit, from 0, whose shares are averaged; nil for the share of all.
  ///   - confidence: c, such as 0.95.
  /// - Returns: An interval within 0 … 1 that the share lies in.
  /// - Complexity: O(outcomes).
  public static func of(
    _ outcomes: [[Bool]], strata: [Int]? = nil, confidence: Double = 0.95
  ) -> ConfidenceInterval {
    let count = outcomes[0].count
    precondition(count > 0 && outcomes.allSatisfy { $0.count == count })
    let right = outcomes.reduce(0) { $0 + $1.count(where: \.self) }
    if right == 0 || right == count * outcomes.count {
      return unanimous(count, strata, isRight: right > 0, confidence)
    }
    if outcomes.count == 1, strata == nil {
      return clopperPearson(
        successes: Double(right), trials: Double(count), confidence: confidence)
    }
    let values = outcomes.map { $0.map { $0 ? 1.0 : 0 } }
    // One unit, and replicates that undo each other in every unit and as a whole, show no variance.
    let weights = strata.map(Self.weights)
    guard let crossed = crossed(values, weights, strata), crossed.variance > leastVariance else {
      let share = Double(right) / Double(count * outcomes.count)
      return named(
        clopperPearson(
          successes: share * Double(count), trials: Double(count), confidence: confidence),
        around: share)
    }
    let share = min(max(crossed.mean, 0), 1)
    let plain = StudentDistribution.quantile(
      (1 + confidence) / 2, degreesOfFreedom: Double(count - 1))
    let ratio = plain / crossed.quantile(confidence: confidence)
    let weight = weights?.reduce(0) { $0 + $1 * $1 } ?? 1 / Double(count)
    let unseen = Self.unseenShare * max(share, 1 - share) * weight
    let variance = crossed.variance + unseen * unseen
    let trials = share * (1 - share) / variance * ratio * ratio
    let interval = clopperPearson(
      successes: min(share * trials, trials), trials: trials, confidence: confidence)
    return named(interval, around: share)
  }

  /// What is below this is rounding.
  private static let leastVariance = 1e-20

  /// The share of the replicates under which one more unit might have the rarer outcome.
  private static let unseenShare = 0.25

  /// The mean of shares with its variance within strata or, where no stratum has both outcomes, between all
  /// units.
  private static func crossed(
    _ values: [[Double]], _ weights: [Double]?, _ strata: [Int]?
  ) -> CrossedMean? {
    let within = CrossedMean([values], weights: weights, strata: strata)
    if let within, within.variance > leastVariance { return within }
    return CrossedMean([values], weights: weights)
  }

  /// The weight of every unit in the mean of the shares of strata.
  private static func weights(_ strata: [Int]) -> [Double] {
    let sizes = sizes(strata)
    let present = Double(sizes.count { $0 > 0 })
    return strata.map { 1 / (Double(sizes[$0]) * present) }
  }

  private static func sizes(_ strata: [Int]) -> [Int] {
    var sizes = [Int](repeating: 0, count: (strata.max() ?? 0) + 1)
    for stratum in strata { sizes[stratum] += 1 }
    return sizes
  }

  private static func named(
    _ interval: ConfidenceInterval, around share: Double
  ) -> ConfidenceInterval {
    ConfidenceInterval(
      low: min(interval.low, share), high: max(interval.high, share), method: .kornGraubard)
  }

  /// The interval where all units have one outcome under every replicate.
  private static func unanimous(
    _ count: Int, _ strata: [Int]?, isRight: Bool, _ confidence: Double
  ) -> ConfidenceInterval {
    let sizes = strata.map { Self.sizes($0).filter { $0 > 0 } } ?? [count]
    guard let largest = sizes.max(), let least = sizes.min(), largest > least else {
      return clopperPearson(
        successes: isRight ? Double(count) : 0, trials: Double(count), confidence: confidence)
    }
    // Σ n_c ln min(1, n_c / λ) falls in λ: from 0 at the smallest size to below any bound.
    let bound = Double.log((1 - confidence) / 2)
    func logarithm(_ lambda: Double) -> Double {
      sizes.reduce(0) { $0 + Double($1) * Double.log(min(1, Double($1) / lambda)) }
    }
    var (low, high) = (Double(least), Double(largest))
    while logarithm(high) > bound { high *= 2 }
    for _ in 0..<200 where high - low > 1e-15 * high {
      let middle = (low + high) / 2
      if logarithm(middle) > bound { low = middle } else { high = middle }
    }
    let end =
      sizes.reduce(0) { $0 + min(1, Double($1) / high) } / Double(sizes.count)
    return isRight
      ? ConfidenceInterval(low: end, high: 1, method: .exact)
      : ConfidenceInterval(low: 0, high: 1 - end, method: .exact)
  }
}
