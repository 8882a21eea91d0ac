import LinearAlgebra
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

  @Test(arguments: [1, 2])
  func `paths across a whole diagram settle no point twice`(order: Int) throws {
    var random = RandomDiagrams(seed: 3)
    // Three quarters of one side lie to the left, of the other to the right, far off the diagonal.
    func bars(leftCount: Int) -> [PersistenceBar] {
      (0..<800).map { index in
        let birth = Double.random(in: 0..<0.5, using: &random) + (index < leftCount ? 0 : 0.5)
        let death = 3 + Double.random(in: 0..<1, using: &random)
        return PersistenceBar(dimension: 1, birth: birth, death: death)
      }
    }
    let (a, b) = (bars(leftCount: 600), bars(leftCount: 200))
    for ground in GroundMetric.allCases {
      var search = AssignmentSearch(tree(a, ground), tree(b, ground), order: order)
      _ = try search.run(relativeTolerance: 0, ComputationControl())
      #expect(search.lowerBound() >= search.cost * (1 - 1e-12))
    }
  }
}
