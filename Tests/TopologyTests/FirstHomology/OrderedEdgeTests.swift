import Testing

@testable import Topology

struct OrderedEdgeTests {
  private func edge(_ a: Int, _ b: Int, _ length: Float) -> OrderedEdge {
    OrderedEdge(a, b, length: Int32(bitPattern: length.bitPattern))
  }

  @Test func `length comes first, then the larger vertex, then the smaller`() {
    let edges = [edge(1, 0, 0), edge(2, 0, 1), edge(1, 2, 1), edge(3, 0, 1), edge(1, 0, 1.5)]
    #expect(edges.reversed().sorted() == edges)
  }

  @Test func `an edge gives back its vertices and its length, up to the last vertex`() {
    let last = OrderedEdge.maximumVertexCount - 1
    for (a, b) in [(0, 1), (2, 1), (90_000, 89_999), (0, last), (last, last - 1), (last - 1, 0)] {
      let edge = self.edge(a, b, 0.3)
      #expect(edge.vertices == VertexPair(max(a, b), min(a, b)))
      #expect(edge.ends.0 == max(a, b) && edge.ends.1 == min(a, b))
      #expect(edge.length == 0.3)
    }
  }
}
