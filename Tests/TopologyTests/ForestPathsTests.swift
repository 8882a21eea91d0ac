import Testing

@testable import Topology

struct ForestPathsTests {
  /// 0 – 1 – 2 – 3 with 4 at 1, and 5 – 6.
  private let paths = ForestPaths(
    vertexCount: 7, edges: [(1, 0), (2, 1), (3, 2), (4, 1), (6, 5)])

  @Test(arguments: [
    (4, 3, [4, 1, 2, 3]), (3, 4, [3, 2, 1, 4]), (0, 3, [0, 1, 2, 3]), (3, 0, [3, 2, 1, 0]),
    (5, 6, [5, 6]), (2, 2, [2]),
  ])
  func `a way leads from vertex to vertex`(start: Int, goal: Int, vertices: [Int]) {
    let path = paths.path(from: start, to: goal)
    #expect(path.map(\.from) == Array(vertices.dropLast()))
    #expect(path.map(\.to) == Array(vertices.dropFirst()))
  }
}
