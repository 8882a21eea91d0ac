import Testing

@testable import Topology

@Suite struct AssignmentSearchTests {
  private func tree(_ bars: [PersistenceBar], _ ground: GroundMetric) -> PlanarTree {
    PlanarTree(x: bars.map(\.birth), y: bars.map(\.death), ground: ground)
  }

  @Test(arguments: [0, 1, 3, 40, 600], [1, 2])
  func `potentials prove that the matching is cheapest`(count: Int, order: Int) throws {
    var random = RandomDiagrams(seed: UInt64(count))
    for ground in GroundMetric.allCases {
      for bars in [(random.bars(count), random.bars(count)), (random.bars(count), random.bars(7))] {
        var search = AssignmentSearch(tree(bars.0, ground), tree(bars.1, ground), order: order)
        _ = try search.run(relativeTolerance: 0, ComputationControl())
        #expect(search.lowerBound() <= search.cost * (1 + 1e-12))
        #expect(search.lowerBound() >= search.cost * (1 - 1e-12))
        _ = try search.run(relativeTolerance: 0.01, ComputationControl())
        #expect(search.lowerBound() <= search.cost * (1 + 1e-12))
        #expect(search.cost <= search.lowerBound() * (order == 1 ? 1.01 : 1.01 * 1.01))
      }
    }
  }
}
