import LinearAlgebra
import Testing

@Suite struct SpanningForestTests {
  // A triangle 0 1 2, then 3 – 4, then the edge that joins them, then one too many; 5 is alone.
  private let edges = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 0), (3, 1)]

  private func forest(vertexCount: Int, withVertices: Bool) -> SpanningForest {
    SpanningForest(
      vertexCount: vertexCount, edgeCount: edges.count, withVertices: withVertices
    ) { edges[$0] }
  }

  @Test func `the smaller component ends with its vertices`() {
    let forest = self.forest(vertexCount: 6, withVertices: true)
    #expect(forest.merges.map(\.edge) == [0, 1, 3, 4])
    #expect(forest.merges.map { $0.vertices.count } == [1, 1, 1, 2])
    #expect(forest.merges[1].vertices == [2])
    #expect(forest.merges[3].vertices.sorted() == [3, 4])
    #expect(forest.components.map { $0.sorted() } == [[0, 1, 2, 3, 4], [5]])
    #expect((0..<6).map(forest.contains) == [true, true, false, true, true, false])
  }

  @Test func `without vertices only the numbers are told`() {
    let forest = self.forest(vertexCount: 6, withVertices: false)
    #expect(forest.merges.map(\.edge) == [0, 1, 3, 4])
    #expect(forest.merges.flatMap(\.vertices).isEmpty)
    #expect(forest.components == [[], []])
  }

  @Test func `what comes after everything is connected is not looked at`() {
    var looks = 0
    let forest = SpanningForest(vertexCount: 3, edgeCount: 1000, withVertices: false) { edge in
      looks += 1
      return (edge % 3, (edge + 1) % 3)
    }
    #expect(forest.merges.map(\.edge) == [0, 1] && looks == 2)
    #expect(!forest.contains(999))
  }

  @Test func `without edges each vertex is a component`() {
    let none = SpanningForest(vertexCount: 0, edgeCount: 0, withVertices: true) { _ in (0, 0) }
    #expect(none.merges.isEmpty && none.components.isEmpty)
    let lone = SpanningForest(vertexCount: 2, edgeCount: 0, withVertices: true) { _ in (0, 0) }
    #expect(lone.components == [[0], [1]])
  }
}
