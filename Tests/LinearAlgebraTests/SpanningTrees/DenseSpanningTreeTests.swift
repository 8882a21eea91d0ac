import LinearAlgebra
import Testing

@Suite struct DenseSpanningTreeTests {
  @Test func `a square with a diagonal by hand`() {
    // Sides 1, 2, 3, 4 around, diagonals 5: the three shorter sides.
    let distances: [[Float]] = [[0, 1, 5, 4], [1, 0, 2, 5], [5, 2, 0, 3], [4, 5, 3, 0]]
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 * 64, alignment: 64)
    defer { unsafe memory.deallocate() }
    let rows = unsafe memory.bindMemory(to: Float.self)
    // What stands beyond the columns does not matter.
    unsafe rows.initialize(repeating: .nan)
    for i in 0..<4 {
      for j in 0..<4 { unsafe rows[16 * i + j] = distances[i][j] }
    }
    guard let start = rows.baseAddress else { return }
    let tree = unsafe DenseSpanningTree(rows: start, stride: 16, count: 4, check: {})
    #expect(
      tree.edges == [
        .init(vertex: 1, parent: 0, length: 1), .init(vertex: 2, parent: 1, length: 2),
        .init(vertex: 3, parent: 2, length: 3),
      ])
    let point = unsafe DenseSpanningTree(rows: start, stride: 16, count: 1, check: {})
    #expect(point.edges.isEmpty)
  }
}
