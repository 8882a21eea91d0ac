import Analyses
import LinearAlgebra
import Testing
import Topology

/// Single linkage and H0 of the Vietoris–Rips filtration are two readings of one spanning tree.
struct LinkageTopologyTests {
  @Test(arguments: [3, 40, 700])
  func `components die at the heights of the merges`(count: Int) throws {
    let noise = RandomStream(domain: "test/h0", seed: UInt64(count)).normals(count: count * 6)
    let points = Matrix<Float>(rows: count, columns: 6, values: noise)
    for metric in Metric.ofNeighbors {
      let filtration = Filtration.dense(
        try SquareDistances(points: points, metric: metric, workers: 2))
      let bars = try VietorisRips(maximumDimension: 0).persistence(of: filtration, workers: 2)
        .diagram.bars(dimension: 0)
      let dendrogram = try Dendrogram(singleLinkageOf: points, metric: metric)
      #expect(bars.count == count && bars.last?.death == .infinity)
      #expect(
        zip(bars, dendrogram.merges).allSatisfy { abs($0.death - $1.height) < 1e-6 },
        "\(metric)")
    }
  }
}
