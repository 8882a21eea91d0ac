import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct NeighborVoteTests {
  @Test func `the majority wins, and a tie goes to the first class`() {
    // Points 0 to 3 are of classes 2, 0, 1, 1.
    let near = NearestNeighbors(
      neighborCount: 3, indices: [0, 1, 2, 2, 0, 3, 3, 2, 1],
      distances: [1, 2, 3, 1, 2, 3, 1, 2, 3])
    let labels = [2, 0, 1, 1]
    #expect(near.vote(of: 1, labels: labels, classCount: 3) == [2, 1, 1])
    // 2 against 0, 1 against 2, and both for 1.
    #expect(near.vote(of: 2, labels: labels, classCount: 3) == [0, 1, 1])
    // One each; two of three.
    #expect(near.vote(of: 3, labels: labels, classCount: 3) == [0, 1, 1])
  }

  @Test func `the twin is left out, and where it is not among them the farthest`() {
    let near = NearestNeighbors(
      neighborCount: 3, indices: [0, 1, 2, 2, 0, 3, 3, 2, 1],
      distances: [1, 2, 3, 4, 5, 6, 7, 8, 9], recall: 0.5)
    let others = near.withoutTwins()
    #expect(others.neighborCount == 2 && others.recall == 0.5)
    #expect(others.indices == [1, 2, 2, 0, 3, 1])
    #expect(others.distances == [2, 3, 4, 5, 7, 9])
  }

  @Test
  func `queries that are the points themselves have, without twins, the neighbours of the points`()
    throws
  {
    let points: Matrix<Float> = Matrix<Double>.gaussian(40, 3, seed: 2).converted()
    let queries = try NearestNeighbors(of: points, among: points, count: 6, metric: .euclidean)
    #expect(
      try queries.withoutTwins() == NearestNeighbors(of: points, count: 5, metric: .euclidean))
  }
}
