import LinearAlgebra

/// The minimum spanning forest of a dense filtration, up to a threshold: H0.
struct SpanningForest {
  /// An edge that joins two components, and the vertices of the one that ends there.
  struct Merge {
    var edge: OrderedEdge
    /// Empty unless asked for.
    var vertices: [Int]
  }

  /// The forest's edges in their order.
  private(set) var merges: [Merge] = []
  /// The other edges that were given, in their order.
  private(set) var otherEdges: [OrderedEdge] = []
  /// The vertices of each component; empty lists unless asked for.
  private(set) var components: [[Int]] = []

  /// Kruskal's algorithm (1956, doi:10.1090/S0002-9939-1956-0078686-7).
  ///
  /// - Parameters:
  ///   - vertexCount: The number of vertices.
  ///   - edges: In their order, the forest's among them.
  ///   - withVertices: Whether the vertices of components are wanted.
  init(vertexCount: Int, edges: [OrderedEdge], withVertices: Bool) {
    var joined = ConnectedComponents(vertexCount: vertexCount)
    var members: [[Int]] = withVertices ? (0..<vertexCount).map { [$0] } : []
    merges.reserveCapacity(max(vertexCount - 1, 0))
    for edge in edges {
      let pair = edge.vertices
      let roots = (joined.root(of: pair.i), joined.root(of: pair.j))
      guard joined.join(pair.i, pair.j) else {
        otherEdges.append(edge)
        continue
      }
      var ended: [Int] = []
      if withVertices {
        let root = joined.root(of: pair.i)
        let other = root == roots.0 ? roots.1 : roots.0
        swap(&ended, &members[other])
        members[root] += ended
      }
      merges.append(Merge(edge: edge, vertices: ended))
    }
    components =
      withVertices
      ? members.filter { !$0.isEmpty }
      : [[Int]](repeating: [], count: vertexCount - merges.count)
  }

  /// The forest of a whole matrix, from its spanning tree.
  ///
  /// - Throws: `TopologyError.cancelled`.
  /// - Complexity: O(n²).
  init(
    of distances: SquareDistances, threshold: Int32, withVertices: Bool, control: ComputationControl
  ) throws {
    let tree = try unsafe DenseSpanningTree(
      rows: distances.base, stride: distances.stride, count: distances.count, check: control.check)
    let edges = tree.edges.map { edge in
      OrderedEdge(edge.vertex, edge.parent, length: Int32(bitPattern: edge.length.bitPattern))
    }
    self.init(
      vertexCount: distances.count, edges: edges.filter { $0.lengthBits <= threshold }.sorted(),
      withVertices: withVertices)
  }
}
