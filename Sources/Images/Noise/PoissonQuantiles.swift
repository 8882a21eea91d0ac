import Foundation

/// The quantiles of a Poisson law: numbers drawn from one uniform number each.
///
/// Inversion, so that the same uniform number gives more events for a larger mean, never fewer.
struct PoissonQuantiles {
  /// P(N ≤ k) for k from 0 on, until it is 1 to the last bits.
  private let cumulative: [Double]

  /// The law with a mean of 0 to 700, above which e^−mean is no normal number.
  init(mean: Double) {
    precondition((0...700).contains(mean))
    var probability = exp(-mean)
    var sum = probability
    var cumulative = [sum]
    var count = 0.0
    while count < mean || probability > 1e-18 {
      count += 1
      probability *= mean / count
      sum += probability
      cumulative.append(sum)
    }
    self.cumulative = cumulative
  }

  /// The least k with P(N ≤ k) ≥ u, for u in (0, 1); O(log mean).
  func callAsFunction(_ u: Double) -> Int {
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] >= u { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
