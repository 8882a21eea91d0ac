import LinearAlgebra
import Testing

@testable import Topology

struct RepresentativeLoopTests {
  private func representative(_ edges: [[Int]]) -> Representative {
    let chain = Chain(simplices: edges, coefficients: edges.map { _ in 1 })
    return Representative(cocycle: Chain(simplices: [], coefficients: []), cycle: chain)
  }

  @Test func `a square in order, its birth between the last and the first`() {
    #expect(representative([[2, 0], [3, 2], [1, 0], [3, 1]]).loop == [1, 0, 2, 3])
  }

  @Test func `of two loops at one vertex the one that is born last`() {
    // A triangle 0, 1, 2 and a later one 2, 3, 4.
    let edges = [[1, 0], [2, 0], [2, 1], [3, 2], [4, 3], [4, 2]]
    #expect(representative(edges).loop == [2, 3, 4])
  }

  @Test func `no cycle, no loop`() {
    let chain = Chain(simplices: [[0]], coefficients: [1])
    #expect(Representative(cocycle: chain, cycle: nil).loop == nil)
    #expect(representative([]).loop == nil)
  }

  @Test func `loops of random clouds are born with their bars`() throws {
    let points = Matrix(
      rows: 60, columns: 2,
      values: RandomStream(domain: "test/loops", seed: 3).normals(count: 120).map(Double.init))
    let distances = try SquareDistances(points: points, workers: 1)
    let persistence = try VietorisRips(withRepresentatives: true).persistence(
      of: .dense(distances), workers: 1)
    var count = 0
    for (bar, chains) in zip(persistence.diagram.bars, persistence.representatives)
    where bar.dimension == 1 {
      let loop = try #require(chains.loop)
      #expect(loop.count >= 4 && Set(loop).count == loop.count)
      let lengths = zip(loop, loop.dropFirst()).map { Double(distances[$0, $1]) }
      #expect(Double(distances[loop[0], loop[loop.count - 1]]) == bar.birth)
      #expect(lengths.allSatisfy { $0 <= bar.birth })
      // The cocycle has the value 1 on it, so it is no boundary while the bar lasts.
      let support = Set(chains.cocycle.simplices.map { Set($0) })
      let edges = zip(loop, loop.dropFirst() + [loop[0]]).map { Set([$0, $1]) }
      #expect(edges.count { support.contains($0) } % 2 == 1)
      count += 1
    }
    #expect(count > 5)
  }
}
