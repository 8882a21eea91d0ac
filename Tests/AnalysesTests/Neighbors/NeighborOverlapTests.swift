import Testing

@testable import Analyses

struct NeighborOverlapTests {
  private func neighbors(_ rows: [[Int32]]) -> NearestNeighbors {
    NearestNeighbors(
      neighborCount: rows[0].count, indices: rows.flatMap(\.self),
      distances: rows.flatMap { $0.indices.map { Float($0 + 1) } })
  }

  @Test func `shares by hand, in whatever order neighbours come`() throws {
    let a = neighbors([[1, 2, 3, 4], [0, 2, 3, 4], [0, 1, 3, 4]])
    let b = neighbors([[4, 3, 2, 1], [5, 6, 7, 0], [6, 4, 5, 1]])
    let found = try NeighborOverlap(a, b)
    #expect(found.shares == [1, 0.25, 0.5])
    #expect(abs(found.mean - 1.75 / 3) < 1e-15)
    #expect(try NeighborOverlap(b, a).shares == found.shares)
  }

  @Test func `the nearest of the neighbours keep their distances`() throws {
    let a = neighbors([[1, 2, 3], [2, 0, 3]])
    let found = a.nearest(2)
    #expect(
      found
        == NearestNeighbors(
          neighborCount: 2, indices: [1, 2, 2, 0], distances: [1, 2, 1, 2]))
    #expect(a.nearest(3) == a)
    // Only the first neighbours are compared: 1 and 2 differ, 2 and 2 agree.
    #expect(try NeighborOverlap(a.nearest(1), neighbors([[2], [2]])).shares == [0, 1])
  }

  @Test func `lists of other rows or other lengths are refused`() {
    let a = neighbors([[1, 2], [0, 2], [0, 1]])
    #expect(throws: AnalysisError.rowsDiffer(3, 2)) {
      try NeighborOverlap(a, neighbors([[1, 2], [0, 2]]))
    }
    #expect(throws: AnalysisError.self) { try NeighborOverlap(a, neighbors([[1], [0], [0]])) }
  }
}
