package import Analyses
import Runs

/// A number that is estimated from a sample, with its 95 % intervals.
package struct Estimate: Sendable, Equatable, Codable {
  /// The number.
  package let value: Double
  /// The interval that is meant, by the method that holds for such a number; nil where nothing can be said.
  package let interval: ConfidenceInterval?
  /// The interval of the percentiles of the bootstrap; nil where replicates say nothing of the number's spread.
  package let percentile: BootstrapDistribution.Interval?

  /// The number that was drawn again, with an interval of another method.
  package init(_ distribution: BootstrapDistribution, interval: ConfidenceInterval?) {
    value = distribution.estimate
    self.interval = interval
    percentile = distribution.percentileInterval()
  }

  /// The number that was drawn again, with its BCa interval.
  package init(accelerated distribution: BootstrapDistribution) {
    self.init(
      distribution,
      interval: distribution.acceleratedInterval().map {
        ConfidenceInterval(low: $0.low, high: $0.high, method: .bca)
      })
  }
}

extension EstimateColumns {
  /// The ends of an interval within what the number can be, and its method.
  func interval(_ interval: ConfidenceInterval?) -> [TableCell] {
    let interval = interval?.clamped(to: estimate.range)
    return [low(interval?.low), high(interval?.high), method(interval?.method.rawValue)]
  }

  /// The same of both intervals of an estimate.
  func intervals(_ estimate: Estimate?) -> [TableCell] {
    interval(estimate?.interval) + [
      percentileLow(estimate?.percentile?.low), percentileHigh(estimate?.percentile?.high),
    ]
  }
}
