package import Analyses
import Runs

/// A number that is estimated from a sample, with its 95 % bootstrap intervals.
package struct Estimate: Sendable, Equatable, Codable {
  /// The number.
  package let value: Double
  /// The BCa interval; nil where replicates say nothing of the number's spread.
  package let accelerated: BootstrapDistribution.Interval?
  /// The interval of percentiles; nil likewise.
  package let percentile: BootstrapDistribution.Interval?

  package init(_ distribution: BootstrapDistribution) {
    value = distribution.estimate
    accelerated = distribution.acceleratedInterval()
    percentile = distribution.percentileInterval()
  }
}

extension EstimateColumns {
  /// The ends of the BCa interval.
  func interval(_ estimate: Estimate?) -> [TableCell] {
    [low(estimate?.accelerated?.low), high(estimate?.accelerated?.high)]
  }

  /// The ends of both intervals.
  func intervals(_ estimate: Estimate?) -> [TableCell] {
    interval(estimate) + [
      percentileLow(estimate?.percentile?.low), percentileHigh(estimate?.percentile?.high),
    ]
  }
}
