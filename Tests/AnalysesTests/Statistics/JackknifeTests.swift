import Foundation
import LinearAlgebra
import Synchronization
import Testing

@testable import Analyses

struct JackknifeTests {
  private let stream = RandomStream(domain: "test/jackknife", seed: 1)

  private func samples(_ jackknife: Jackknife, units: Int) -> [[Int32]] {
    (0..<jackknife.count).map { sample in
      var counts = [Int32](repeating: 1, count: units)
      jackknife.leaveOut(sample, of: &counts)
      return counts
    }
  }

  @Test func `few units are left out one by one, in their order`() {
    let found = samples(Jackknife(units: 3, stream: stream), units: 3)
    #expect(found == [[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    #expect(Jackknife(units: 10_000, stream: stream).count == 10_000)
  }

  @Test func `nothing is left without the only unit`() {
    #expect(Jackknife(units: 1, stream: stream).count == 0)
  }

  @Test func `of many units every one is in one group, and groups are of one size`() {
    let jackknife = Jackknife(units: 10_001, stream: stream)
    #expect(jackknife.count == 1000)
    let found = samples(jackknife, units: 10_001)
    var left = [Int](repeating: 0, count: 10_001)
    for counts in found {
      let group = counts.indices.filter { counts[$0] == 0 }
      #expect(group.count == 10 || group.count == 11)
      for unit in group { left[unit] += 1 }
    }
    #expect(left.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [(10_000, 10_000), (10_001, 1000), (40_000, 1000)])
  func `a bootstrap asks for a statistic a replicate and a thousand more`(
    units: Int, jackknife: Int
  ) {
    let asked = Mutex(0)
    _ = BootstrapDistribution.of(
      units: units, resampling: Resampling("test", replicates: 5, seed: 1)
    ) { counts in
      asked.withLock { $0 += 1 }
      return Double(counts[0])
    }
    #expect(asked.withLock { $0 } == 1 + 5 + jackknife)
  }

  @Test func `groups find the acceleration of the units`() throws {
    // Exponential numbers have skewness 2: the acceleration of their mean is 2 / (6 √n).
    let (units, groups) = (4000, 400)
    let stream = RandomStream(domain: "test/exponential", seed: 3)
    let values = stream.words(part: 0, count: units).map { -log((Double($0) + 0.5) / 0x1p32) }
    let ones = [Double](repeating: 1, count: units)
    func acceleration(_ jackknife: Jackknife) throws -> Double {
      let found = BootstrapDistribution.of(
        factors: [units], resampling: Resampling("test", replicates: 1, seed: 1),
        jackknives: [jackknife]
      ) { counts in [values.sum(weights: counts[0]) / ones.sum(weights: counts[0])] }
      return try #require(found[0]).acceleration
    }
    let alone = try acceleration(Jackknife(units: units, stream: stream))
    let grouped = try acceleration(
      Jackknife(units: units, stream: stream, mostUnits: 0, groupCount: groups))
    // The skewness of 4,000 exponential numbers is told with a deviation of some 0.3.
    #expect(abs(alone - 2 / (6 * Double(units).squareRoot())) < 0.002)
    // The deviation of what groups say is 1 / √(6 · 400²) = 0.001.
    #expect(abs(grouped - alone) < 0.003)
  }

  // The standard error of a share of 1,500 runs is 0.6 %. The mean of 240 exponential numbers, whose skewness
  // the acceleration corrects for.
  @Test func `intervals of groups cover a mean as often as those of units`() {
    let (units, runs) = (240, 1500)
    let stream = RandomStream(domain: "test/coverage", seed: 2)
    let ones = [Double](repeating: 1, count: units)
    var covered = [0, 0]
    for run in 0..<runs {
      let values = stream.words(part: run, count: units).map { -log((Double($0) + 0.5) / 0x1p32) }
      let resampling = Resampling("run \(run)", replicates: 599, seed: 1)
      for (kind, jackknife) in [
        Jackknife(units: units, stream: stream),
        Jackknife(units: units, stream: stream, mostUnits: 0, groupCount: 40),
      ].enumerated() {
        let distribution = BootstrapDistribution.of(
          factors: [units], resampling: resampling, jackknives: [jackknife]
        ) { counts in [values.sum(weights: counts[0]) / ones.sum(weights: counts[0])] }
        if let interval = distribution[0]?.acceleratedInterval(), interval.low <= 1,
          1 <= interval.high
        {
          covered[kind] += 1
        }
      }
    }
    for count in covered {
      #expect(abs(Double(count) / Double(runs) - 0.95) < 0.02, "\(covered)")
    }
    #expect(abs(covered[0] - covered[1]) < runs / 100, "\(covered)")
  }
}
