import Foundation
import Testing

@testable import Images

struct PoissonQuantilesTests {
  @Test func `a mean of 1 by hand`() {
    // P(N ≤ 0) = 1/e = 0.3679, P(N ≤ 1) = 2/e = 0.7358, P(N ≤ 2) = 2.5/e = 0.9197.
    let quantiles = PoissonQuantiles(mean: 1)
    for (u, count) in [
      (1e-10, 0), (0.3678, 0), (0.3679, 1), (0.7357, 1), (0.7359, 2), (0.9196, 2), (0.9198, 3),
    ] {
      #expect(quantiles(u) == count)
    }
  }

  @Test func `nothing comes of nothing`() {
    let quantiles = PoissonQuantiles(mean: 0)
    for u in [0x1p-33, 0.5, 1 - 0x1p-33] { #expect(quantiles(u) == 0) }
  }

  @Test(arguments: [0.01, 3, 60, 700])
  func `the middles of many equal parts have the law's mean and variance`(mean: Double) {
    let quantiles = PoissonQuantiles(mean: mean)
    let n = 200_000
    let counts = (0..<n).map { Double(quantiles((Double($0) + 0.5) / Double(n))) }
    let found = counts.reduce(0, +) / Double(n)
    let variance = counts.reduce(0) { $0 + ($1 - found) * ($1 - found) } / Double(n)
    #expect(abs(found - mean) < 1e-3 * max(mean, 0.1))
    #expect(abs(variance - mean) < 2e-3 * max(mean, 0.1))
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
  }
}
