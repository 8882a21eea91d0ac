import Fixtures
import LinearAlgebra
import Testing

@testable import Topology

struct RepresentativeRenumberingTests {
  @Test func `a coefficient changes its sign where vertices change places`() throws {
    let chain = Chain(simplices: [[2, 1], [1, 0], [2, 1, 0]], coefficients: [1, 1, 2])
    let persistence = VietorisRips.Persistence(
      diagram: try PersistenceDiagram([]),
      representatives: [Representative(cocycle: chain, cycle: nil)],
      threshold: 1)
    let numbers = [10, 5, 7]
    let odd = persistence.renumbered(numbers, prime: 3).representatives[0].cocycle
    #expect(odd.simplices == [[7, 5], [10, 5], [10, 7, 5]])
    // 1, 0 became 5, 10; 2, 1, 0 became 7, 5, 10, which takes two exchanges.
    #expect(odd.coefficients == [1, 2, 2])
    let two = Chain(simplices: [[1, 0]], coefficients: [1])
    let even = VietorisRips.Persistence(
      diagram: try PersistenceDiagram([]),
      representatives: [Representative(cocycle: two, cycle: two)], threshold: 1
    ).renumbered(numbers, prime: 2).representatives[0]
    #expect(even.cocycle.coefficients == [1] && even.cycle?.simplices == [[10, 5]])
  }

  /// Of points in another order, the chains under the numbers of the first order are cycles there.
  @Test func `a cycle stays without boundary in a field of three`() throws {
    let points = Matrix<Double>.gaussian(30, 2)
    let order = (0..<30).map { ($0 * 7 + 3) % 30 }
    let persistence = try VietorisRips(prime: 3, withRepresentatives: true).persistence(
      of: .dense(SquareDistances(points: points.selectingRows(order), workers: 1)), workers: 1
    ).renumbered(order, prime: 3)
    let distances = try SquareDistances(points: points, workers: 1)
    var loops = 0
    for (bar, chains) in zip(persistence.diagram.bars, persistence.representatives) {
      guard let cycle = chains.cycle else { continue }
      loops += 1
      var boundary: [Int: Int] = [:]
      for (edge, coefficient) in zip(cycle.simplices, cycle.coefficients) {
        #expect(edge[0] > edge[1])
        boundary[edge[0], default: 0] += coefficient
        boundary[edge[1], default: 0] -= coefficient
      }
      #expect(boundary.values.allSatisfy { $0 % 3 == 0 })
      let longest = cycle.simplices.map { distances[$0[0], $0[1]] }.max() ?? 0
      #expect(Double(longest) == bar.birth)
    }
    #expect(loops > 0)
  }
}
