import LinearAlgebra
import Testing

@testable import Analyses

struct MergeHeightsTests {
  @Test func `four points on a line by hand`() throws {
    // 0, 1, 3, 7: they join at 1, 2 and 4.
    let heights = MergeHeights(
      try Dendrogram(
        singleLinkageOf: Matrix<Float>([[7], [0], [3], [1]]), metric: .euclidean))
    let found = (0..<4).map { a in (0..<4).map { heights[a, $0] } }
    #expect(found == [[0, 4, 4, 4], [4, 0, 2, 1], [4, 2, 0, 2], [4, 1, 2, 0]])
  }

  @Test func `a height is that of the merge that first puts both into one cluster`() throws {
    let numbers = RandomStream(domain: "test/merge heights", seed: 1).normals(count: 240)
    let dendrogram = try Dendrogram(
      singleLinkageOf: Matrix<Float>(rows: 80, columns: 3, values: numbers), metric: .euclidean)
    let heights = MergeHeights(dendrogram)
    for merge in dendrogram.merges {
      let before = dendrogram.partition(at: merge.height.nextDown).clusters
      let after = dendrogram.partition(at: merge.height).clusters
      for a in 0..<80 {
        for b in 0..<a where before[a] != before[b] && after[a] == after[b] {
          #expect(heights[a, b] == merge.height && heights[b, a] == merge.height)
        }
      }
    }
  }

  @Test func `one row alone`() {
    #expect(MergeHeights(Dendrogram(rowCount: 1, merges: []))[0, 0] == 0)
  }
}
