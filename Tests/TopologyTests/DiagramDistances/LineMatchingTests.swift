import LinearAlgebra
import Testing

@testable import Topology

@Suite struct LineMatchingTests {
  private func born(atZero bars: [PersistenceBar]) -> [PersistenceBar] {
    bars.map { PersistenceBar(dimension: 0, birth: 0, death: $0.death) }
  }

  @Test func `points of several births are not on a line`() throws {
    let bars = [(0.0, 1.0), (1.0, 2.0)].map {
      PersistenceBar(dimension: 0, birth: $0.0, death: $0.1)
    }
    let problem = try MatchingProblem(bars, [], ground: .infinity, relativeTolerance: 0)
    #expect(LineMatching(problem.a, problem.b, ground: .infinity, order: 1) == nil)
    #expect(LineMatching(problem.b, problem.b, ground: .infinity, order: 1) == nil)
  }

  @Test(arguments: [1, 2, 17, 120], GroundMetric.allCases)
  func `the search in the plane finds the same`(count: Int, ground: GroundMetric) throws {
    var random = RandomDiagrams(seed: UInt64(count))
    for (a, b) in [
      (random.bars(count), random.bars(count + 9)),
      (random.integerBars(count), random.integerBars(count)), (random.bars(count), []),
      ([], random.bars(count)),
    ] {
      let problem = try MatchingProblem(
        born(atZero: a), born(atZero: b), ground: ground, relativeTolerance: 0)
      let control = ComputationControl()
      for order in [nil, 1, 2] {
        let line = try #require(
          LineMatching(problem.a, problem.b, ground: ground, order: order))
        let partners: [Int]
        if let order {
          var search = AssignmentSearch(
            problem.a.tree(ground), problem.b.tree(ground), order: order)
          partners = try search.run(relativeTolerance: 0, control)
        } else {
          var search = BottleneckSearch(
            problem.a.tree(ground), problem.b.tree(ground), atLeast: 0, relativeTolerance: 0)
          partners = try search.run(control)
        }
        let ours = problem.matching(finite: try line.run(control), essential: [], order: order)
        let theirs = problem.matching(finite: partners, essential: [], order: order)
        #expect(abs(ours.distance - theirs.distance) <= 1e-12 * theirs.distance)
        if order == nil { #expect(ours.distance == theirs.distance) }
      }
    }
  }
}
