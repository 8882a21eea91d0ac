public import LinearAlgebra
import RealModule

/// What a statistic is on samples that are drawn again from the sample, and the intervals that follow.
public struct BootstrapDistribution: Sendable, Equatable {
  /// A confidence interval.
  public struct Interval: Sendable, Equatable, Codable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double
  }

  /// The statistic of the sample itself.
  public let estimate: Double
  /// The statistic of every replicate that has one, ascending.
  public let values: [Double]
  /// The replicates on which the statistic is not defined.
  public let undefinedCount: Int
  /// The acceleration of BCa intervals; 0 when leaving out a unit never changes the statistic.
  public let acceleration: Double

  /// The distributions of several statistics of one sample, on the same replicates.
  ///
  /// The sample's parts are its units: observations, or clusters of them, which are drawn as wholes
  /// (Davison and Hinkley 1997, doi:10.1017/CBO9780511802843, 3.8). When units are crossed, as images
  /// and noise seeds are, each factor is drawn by itself and an observation counts as often as the
  /// product says (Owen 2007, doi:10.1214/07-AOAS122). A factor of one unit is never varied.
  ///
  /// - Parameters:
  ///   - factors: The number of units of each factor.
  ///   - resampling: Replicates and seed.
  ///   - statistics: The statistics of a sample in which unit i of factor f is there `counts[f][i]`
  ///     times, always as many of them; nil where one is not defined. One that throws, as for an end
  ///     that was asked for, ends it all.
  /// - Returns: One a statistic; nil where it is not defined on the sample itself. The same for any
  ///   number of threads.
  /// - Throws: What `statistics` throws.
  /// - Complexity: A call a replicate and, for the jackknife, a call a unit of up to 10,000 units of a
  ///   factor, else a thousand calls (`Jackknife`).
  public static func of<Failure: Error>(
    factors: [Int], resampling: Resampling,
    statistics: @Sendable (_ counts: [[Int32]]) throws(Failure) -> [Double?]
  ) throws(Failure) -> [BootstrapDistribution?] {
    let jackknives = factors.enumerated().map { resampling.jackknife(units: $1, factor: $0) }
    return try of(
      factors: factors, resampling: resampling, jackknives: jackknives, statistics: statistics)
  }

  /// The same with other groups of units than the usual ones.
  static func of<Failure: Error>(
    factors: [Int], resampling: Resampling, jackknives: [Jackknife],
    statistics: @Sendable (_ counts: [[Int32]]) throws(Failure) -> [Double?]
  ) throws(Failure) -> [BootstrapDistribution?] {
    precondition(factors.allSatisfy { $0 > 0 })
    let whole = factors.map { [Int32](repeating: 1, count: $0) }
    let estimates = try statistics(whole)
    let streams = factors.indices.map(resampling.bootstrapStream)
    let replicates = try Parallel.tryMap(count: resampling.replicates) {
      replicate throws(Failure) in
      try statistics(
        factors.indices.map { streams[$0].counts(units: factors[$0], part: replicate) })
    }
    let left = try factors.indices.map { factor throws(Failure) in
      try Parallel.tryMap(count: jackknives[factor].count) { sample throws(Failure) in
        var counts = whole
        jackknives[factor].leaveOut(sample, of: &counts[factor])
        return try statistics(counts)
      }
    }
    return estimates.indices.map { index in
      estimates[index].map { estimate in
        BootstrapDistribution(
          estimate: estimate, replicates: replicates.map { $0[index] },
          leaveOneOut: left.map { $0.map { $0[index] } })
      }
    }
  }

  /// The distribution of one statistic of observations, or of clusters, by how often each is drawn.
  public static func of(
    units: Int, resampling: Resampling, statistic: @Sendable (_ counts: [Int32]) -> Double?
  ) -> BootstrapDistribution? {
    of(factors: [units], resampling: resampling) { counts in [statistic(counts[0])] }[0]
  }

  /// The distribution of the mean of values.
  ///
  /// - Parameters:
  ///   - values: The observations, one at least.
  ///   - clusters: The cluster of each, from 0, each with one at least, when clusters are drawn as
  ///     wholes; nil when observations are drawn alone.
  ///   - resampling: Replicates and seed.
  /// - Returns: The distribution with what intervals need.
  public static func of(
    meanOf values: [Double], clusters: [Int]? = nil, resampling: Resampling
  ) -> BootstrapDistribution {
    mean(of: values, clusters: clusters, resampling: resampling) { () throws(Never) in }
  }

  /// The same, of observations that are drawn alone, and stopped from outside.
  ///
  /// - Parameters:
  ///   - values: The observations, one at least.
  ///   - resampling: Replicates and seed.
  ///   - control: Asked before every replicate.
  /// - Returns: The distribution with what intervals need.
  /// - Throws: `CancellationError`.
  public static func of(
    meanOf values: [Double], resampling: Resampling, control: ComputationControl
  ) throws -> BootstrapDistribution {
    try mean(of: values, clusters: nil, resampling: resampling) { () throws(any Error) in
      try control.check()
    }
  }

  private static func mean<Failure: Error>(
    of values: [Double], clusters: [Int]?, resampling: Resampling,
    check: @Sendable () throws(Failure) -> Void
  ) throws(Failure) -> BootstrapDistribution {
    precondition(!values.isEmpty && values.count == clusters?.count ?? values.count)
    var sums = values
    var sizes = [Double](repeating: 1, count: values.count)
    if let clusters {
      sums = [Double](repeating: 0, count: (clusters.max() ?? 0) + 1)
      sizes = sums
      for (value, cluster) in zip(values, clusters) {
        sums[cluster] += value
        sizes[cluster] += 1
      }
      precondition(sizes.allSatisfy { $0 > 0 })
    }
    let distributions = try of(factors: [sums.count], resampling: resampling) {
      [sums, sizes] counts throws(Failure) in
      try check()
      // Of a single unit, which is never left out, or of as many as are drawn: never none.
      return [sums.sum(weights: counts[0]) / sizes.sum(weights: counts[0])]
    }
    guard let distribution = distributions[0] else {
      preconditionFailure("a mean is always defined")
    }
    return distribution
  }

  /// The distribution of given replicates.
  ///
  /// - Parameters:
  ///   - estimate: The statistic of the sample.
  ///   - replicates: The statistic of every replicate; nil where it is not defined.
  ///   - leaveOneOut: For every factor, the statistic without each of its units, or groups of them.
  init(estimate: Double, replicates: [Double?], leaveOneOut: [[Double?]]) {
    self.estimate = estimate
    values = replicates.compactMap(\.self).sorted()
    undefinedCount = replicates.count - values.count
    acceleration = Self.acceleration(leaveOneOut)
  }

  /// The skewness of the statistic over units, by the jackknife: Σ l³ / (6 (Σ l²)^(3/2)), where l is the
  /// influence of a unit divided by the number of them (Efron 1987; several factors: Davison and
  /// Hinkley 1997, 5.3.2).
  private static func acceleration(_ leaveOneOut: [[Double?]]) -> Double {
    var (squares, cubes) = (0.0, 0.0)
    for factor in leaveOneOut {
      let values = factor.compactMap(\.self)
      guard values.count > 1 else { continue }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      for value in values {
        let influence = (mean - value) * (count - 1) / count
        squares += influence * influence
        cubes += influence * influence * influence
      }
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  // MARK: Intervals

  /// The percentile interval: the quantiles of the replicates themselves.
  ///
  /// - Parameter confidence: The probability between the ends, such as 0.95.
  /// - Returns: The interval; nil when every replicate has the same value, which says nothing about
  ///   the statistic's spread, or fewer than half of them have one.
  public func percentileInterval(confidence: Double = 0.95) -> Interval? {
    guard isInformative else { return nil }
    let tail = (1 - confidence) / 2
    return Interval(low: values.quantile(tail), high: values.quantile(1 - tail))
  }

  /// The bias-corrected and accelerated interval.
  ///
  /// Method: Efron 1987 (doi:10.1080/01621459.1987.10478410). The bias is the normal quantile of the
  /// share of replicates below the estimate, where one equal to it counts half: statistics of few
  /// values, such as accuracies, have many. The share is kept half a replicate away from 0 and 1.
  /// Where the acceleration carries a probability past its pole the end is the extreme replicate.
  ///
  /// - Parameter confidence: The probability between the ends, such as 0.95.
  /// - Returns: The interval; nil as for `percentileInterval`.
  public func acceleratedInterval(confidence: Double = 0.95) -> Interval? {
    guard isInformative else { return nil }
    let count = Double(values.count)
    let below = Double(values.partitionPoint { $0 >= estimate - rounding })
    let notAbove = Double(values.partitionPoint { $0 > estimate + rounding })
    let share = min(max((below + notAbove) / 2 / count, 0.5 / count), 1 - 0.5 / count)
    let bias = NormalDistribution.quantile(share)
    func end(_ probability: Double) -> Double {
      let shifted = bias + NormalDistribution.quantile(probability)
      let stretch = 1 - acceleration * shifted
      if stretch <= 0 { return values.quantile(shifted > 0 ? 1 : 0) }
      return values.quantile(NormalDistribution.cumulative(bias + shifted / stretch))
    }
    let tail = (1 - confidence) / 2
    return Interval(low: end(tail), high: end(1 - tail))
  }

  /// Values that differ by less are equal but for the order of sums.
  private var rounding: Double {
    1e-12 * max(abs(values.first ?? 0), abs(values.last ?? 0), abs(estimate))
  }

  private var isInformative: Bool {
    guard let least = values.first, let greatest = values.last else { return false }
    return greatest - least > rounding && values.count >= undefinedCount
  }
}

extension [Double] {
  /// Σ w x.
  func sum(weights: [Int32]) -> Double {
    precondition(weights.count == count)
    var sum = 0.0
    for i in indices { sum = Relaxed.multiplyAdd(self[i], Double(weights[i]), sum) }
    return sum
  }

  /// The quantile of ascending numbers, interpolated linearly between them (definition 7 of Hyndman and
  /// Fan 1996).
  func quantile(_ probability: Double) -> Double {
    let position = probability * Double(count - 1)
    let lower = Swift.min(Int(position), count - 1)
    let upper = Swift.min(lower + 1, count - 1)
    return self[lower] + (position - Double(lower)) * (self[upper] - self[lower])
  }

  /// How many ascending numbers come before the first for which `isSecond` holds.
  func partitionPoint(_ isSecond: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
