import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct BootstrapDistributionTests {
  /// The statistics of all 5⁵ samples of five numbers, and without each number: no randomness at all.
  private func exhaustive(_ statistic: ([Double]) -> Double) -> BootstrapDistribution {
    let values = [1.0, 2, 4, 9, 3]
    let replicates = (0..<3125).map { code in
      statistic([1, 5, 25, 125, 625].map { values[code / $0 % 5] })
    }
    let leaveOneOut = values.indices.map { left in
      statistic(values.indices.filter { $0 != left }.map { values[$0] })
    }
    return BootstrapDistribution(
      estimate: statistic(values), replicates: replicates, leaveOneOut: [leaveOneOut])
  }

  private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  // The formulas of Efron 1987 in NumPy 2.4.6 and scipy.stats.norm, over the same 3125 samples
  // (itertools.product): share = (mean(reps < theta) + mean(reps <= theta)) / 2, z0 = norm.ppf(share),
  // d = mean(jack) - jack, a = sum(d³) / (6 sum(d²)^1.5), numpy.quantile of the replicates.
  @Test func `intervals of the mean over all samples`() throws {
    let distribution = exhaustive(mean)
    #expect(abs(distribution.acceleration - 0.07745656906283342) < 1e-14)
    let accelerated = try #require(distribution.acceleratedInterval())
    #expect(abs(accelerated.low - 2) < 1e-12 && abs(accelerated.high - 7.4) < 1e-12)
    let percentile = try #require(distribution.percentileInterval())
    #expect(abs(percentile.low - 1.8) < 1e-12 && abs(percentile.high - 6.6) < 1e-12)
  }

  @Test func `intervals of the deviation over all samples, whose bias is large`() throws {
    let distribution = exhaustive { x in
      let mean = self.mean(x)
      return (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()
    }
    #expect(abs(distribution.estimate - 2.785677655436824) < 1e-12)
    #expect(abs(distribution.acceleration - 0.10153519200589461) < 1e-14)
    let accelerated = try #require(distribution.acceleratedInterval())
    #expect(abs(accelerated.low - 0.8) < 1e-9)
    #expect(abs(accelerated.high - 3.9191835884530852) < 1e-9)
    let percentile = try #require(distribution.percentileInterval())
    #expect(abs(percentile.low - 0.48989795) < 1e-8 && abs(percentile.high - 3.66606056) < 1e-8)
  }

  // scipy.stats.bootstrap((y,), np.mean, n_resamples=400000, rng=1), methods BCa and percentile, of
  // y = exp(1.5 sin(3 i)), i < 40. Both ends have a Monte Carlo error: here of about 0.003 with 40,000.
  @Test func `intervals of a mean agree with SciPy's`() throws {
    let values = (0..<40).map { exp(sin(3 * Double($0)) * 1.5) }
    let distribution = BootstrapDistribution.of(
      meanOf: values, resampling: Resampling("test", replicates: 40_000, seed: 1))
    let accelerated = try #require(distribution.acceleratedInterval())
    #expect(abs(accelerated.low - 1.2454097203435797) < 0.012)
    #expect(abs(accelerated.high - 2.1964556945649334) < 0.012)
    let percentile = try #require(distribution.percentileInterval())
    #expect(abs(percentile.low - 1.2244881409378925) < 0.012)
    #expect(abs(percentile.high - 2.170195645459966) < 0.012)
  }

  // The standard error of a share of 2,000 runs is 0.5 %.
  @Test func `intervals of an accuracy cover it as often as they say`() {
    let (images, accuracy, runs) = (240, 0.6, 2000)
    let stream = RandomStream(domain: "test/coverage", seed: 1)
    let limit = UInt32(accuracy * 0x1p32)
    var covered = [0, 0]
    for run in 0..<runs {
      let answers = stream.words(part: run, count: images).map { $0 < limit ? 1.0 : 0 }
      let distribution = BootstrapDistribution.of(
        meanOf: answers, resampling: Resampling("run \(run)", replicates: 999, seed: 1))
      for (kind, interval) in [
        distribution.percentileInterval(), distribution.acceleratedInterval(),
      ].enumerated() {
        if let interval, interval.low <= accuracy, accuracy <= interval.high {
          covered[kind] += 1
        }
      }
    }
    for count in covered {
      #expect(abs(Double(count) / Double(runs) - 0.95) < 0.02, "\(covered)")
    }
  }

  @Test func `clusters of equal answers are wider by the root of their size`() throws {
    // 60 clusters of four equal values are 60 observations.
    let values = (0..<60).map { sin(7 * Double($0)) }
    let resampling = Resampling("test", replicates: 4000, seed: 3)
    let alone = BootstrapDistribution.of(meanOf: values, resampling: resampling)
    let fourfold = values.flatMap { [$0, $0, $0, $0] }
    let clusters = values.indices.flatMap { [$0, $0, $0, $0] }
    let whole = BootstrapDistribution.of(
      meanOf: fourfold, clusters: clusters, resampling: resampling)
    #expect(zip(alone.values, whole.values).allSatisfy { abs($0 - $1) < 1e-12 })
    let naive = BootstrapDistribution.of(meanOf: fourfold, resampling: resampling)
    func width(_ distribution: BootstrapDistribution) throws -> Double {
      let interval = try #require(distribution.acceleratedInterval())
      return interval.high - interval.low
    }
    #expect(abs(try width(whole) / width(naive) - 2) < 0.15)
  }

  @Test func `two crossed factors add their variances`() throws {
    // x_ij = a_i + b_j: the variance of the mean is var a / 50 + var b / 20.
    let (a, b) = ((0..<50).map { sin(5 * Double($0)) }, (0..<20).map { cos(3 * Double($0)) })
    let distributions = BootstrapDistribution.of(
      factors: [50, 20], resampling: Resampling("test", replicates: 4000, seed: 1)
    ) { [a, b] counts -> [Double] in
      let (first, second) = (a.sum(weights: counts[0]), b.sum(weights: counts[1]))
      return [first / 50 + second / 20]
    }
    let distribution = try #require(distributions[0])
    func variance(_ x: [Double]) -> Double {
      let mean = self.mean(x)
      return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    }
    // The leave-one-out sums are not means here, so only the replicates are looked at.
    let found = variance(distribution.values)
    #expect(abs(found / (variance(a) / 50 + variance(b) / 20) - 1) < 0.1)
  }

  // MARK: Degenerate samples

  @Test func `equal values have no interval`() {
    let distribution = BootstrapDistribution.of(
      meanOf: [Double](repeating: 0.1, count: 30),
      resampling: Resampling("test", replicates: 100, seed: 1))
    #expect(abs(distribution.estimate - 0.1) < 1e-15)
    #expect(distribution.percentileInterval() == nil)
    #expect(distribution.acceleratedInterval() == nil)
  }

  @Test func `an estimate beyond all replicates has a finite interval`() throws {
    let distribution = BootstrapDistribution(
      estimate: 5, replicates: [1, 2, 3, 4], leaveOneOut: [[1, 1, 1]])
    #expect(distribution.acceleration == 0)
    let interval = try #require(distribution.acceleratedInterval())
    #expect(interval.low >= 1 && interval.low <= interval.high && interval.high <= 4)
  }

  @Test func `replicates without a value are counted, and most of them are needed`() {
    let most = BootstrapDistribution(
      estimate: 1, replicates: [nil, 1, nil, 2], leaveOneOut: [])
    #expect(most.undefinedCount == 2 && most.values == [1, 2])
    #expect(most.percentileInterval() != nil)
    let few = BootstrapDistribution(
      estimate: 1, replicates: [nil, 1, nil, 2, nil], leaveOneOut: [])
    #expect(few.percentileInterval() == nil && few.acceleratedInterval() == nil)
    let none = BootstrapDistribution.of(
      units: 3, resampling: Resampling("test", replicates: 10, seed: 1)
    ) { _ in nil }
    #expect(none == nil)
  }

  @Test func `one unit is never left out`() {
    let distribution = BootstrapDistribution.of(
      meanOf: [3], resampling: Resampling("test", replicates: 10, seed: 1))
    #expect(distribution.estimate == 3 && distribution.acceleratedInterval() == nil)
  }

  // MARK: Random numbers

  @Test func `any number of threads gives the same numbers, more replicates the same first ones`() {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let values = (0..<50).map { sin(Double($0)) }
    let results = [1, 3].map { workers in
      Parallel.workers = workers
      return BootstrapDistribution.of(
        meanOf: values, resampling: Resampling("test", replicates: 500, seed: 9))
    }
    #expect(results[0] == results[1])
    let more = BootstrapDistribution.of(
      meanOf: values, resampling: Resampling("test", replicates: 501, seed: 9))
    #expect(Set(results[0].values).isSubset(of: Set(more.values)))
    let other = BootstrapDistribution.of(
      meanOf: values, resampling: Resampling("test", replicates: 500, seed: 10))
    #expect(other.values != results[0].values)
  }
}
