import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct DiagramConfidenceBandTests {
  @Test func `the quantile of given distances, doubled for subsamples`() {
    let distances = (1...20).map { Double($0) }.reversed() as [Double]
    let bootstrap = DiagramConfidenceBand(distances: distances, drawing: .bootstrap)
    #expect(bootstrap.halfWidth == 19)
    let subsample = DiagramConfidenceBand(
      distances: distances, confidence: 0.5, drawing: .subsample(5))
    #expect(subsample.halfWidth == 20 && subsample.confidence == 0.5)
    // Half a length of 38 is 19: on the band, not beyond it.
    #expect(!bootstrap.isSignificant(birth: 1, death: 39))
    #expect(bootstrap.isSignificant(birth: 1, death: 39.5))
    #expect(bootstrap.isSignificant(birth: 0, death: .infinity))
  }

  @Test func `subsamples and samples are drawn as they should be`() throws {
    let resampling = Resampling("test", replicates: 50, seed: 1)
    _ = try DiagramConfidenceBand(
      count: 30, drawing: .subsample(7), resampling: resampling
    ) { points in
      #expect(points.count == 7 && Set(points).count == 7 && points == points.sorted())
      return 0
    }
    _ = try DiagramConfidenceBand(count: 30, drawing: .bootstrap, resampling: resampling) {
      #expect($0.count == 30 && $0 == $0.sorted() && $0.allSatisfy { (0..<30).contains($0) })
      return 0
    }
    // 100 / ln 100 = 21.7.
    #expect(DiagramConfidenceBand.Drawing.subsample(of: 100) == .subsample(21))
    #expect(DiagramConfidenceBand.Drawing.subsample(of: 2) == .subsample(2))
  }

  /// The distance between a sample of the circle and the circle is known: half of the widest gap.
  @Test func `the band covers the distance from a circle`() throws {
    let (runs, count) = (100, 120)
    var covered = 0
    for run in 0..<runs {
      let angles = RandomStream(domain: "test/circle", seed: UInt64(run))
        .words(part: 0, count: count).map { Double($0) * 0x1p-32 * 2 * .pi }.sorted()
      let band = try DiagramConfidenceBand(
        count: count, drawing: .subsample(of: count),
        resampling: Resampling("test", replicates: 100, seed: UInt64(run))
      ) { points in
        // The Hausdorff distance of the points.
        angles.map { a in
          points.map { 2 * abs(sin((a - angles[$0]) / 2)) }.min() ?? .infinity
        }.max() ?? .infinity
      }
      let gaps = zip(angles.dropFirst() + [angles[0] + 2 * .pi], angles).map { $0 - $1 }
      if 2 * sin((gaps.max() ?? 0) / 4) <= band.halfWidth { covered += 1 }
    }
    // At least 95 %: the method is conservative.
    #expect(covered >= 95, "\(covered)")
  }
}
