import CKernels
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

  /// Prim's algorithm (1957, doi:10.1002/j.1538-7305.1957.tb01515.x).
  ///
  /// One pass over the row of each vertex as it joins the tree: O(n²).
  ///
  /// - Throws: `TopologyError.cancelled`.
  init(
    of distances: SquareDistances, threshold: Int32, withVertices: Bool, control: ComputationControl
  ) throws {
    let edges = try Self.primEdges(of: distances, threshold: threshold, control: control)
    self.init(vertexCount: distances.count, edges: edges.sorted(), withVertices: withVertices)
  }

  private static func primEdges(
    of distances: SquareDistances, threshold: Int32, control: ComputationControl
  ) throws -> [OrderedEdge] {
    let (count, stride) = (distances.count, distances.stride)
    if count < 2 { return [] }
    // Aligned like the rows: whether a vertex is in the tree, and its distance from the tree.
    let state = UnsafeMutableRawBufferPointer.allocate(byteCount: 12 * stride, alignment: 64)
    defer { unsafe state.deallocate() }
    guard let tree = unsafe state.bindMemory(to: Float.self).baseAddress else { return [] }
    let lengths = unsafe tree + stride
    unsafe tree.initialize(repeating: .infinity, count: 2 * stride)
    unsafe tree.update(repeating: -.infinity, count: count)
    let parents = unsafe UnsafeMutableRawPointer(lengths + stride).bindMemory(
      to: Int32.self, capacity: stride)
    unsafe parents.initialize(repeating: 0, count: stride)
    var edges: [OrderedEdge] = []
    var vertex = 0
    for step in 1..<count {
      if step & 1023 == 0 { try control.check() }
      unsafe tree[vertex] = .infinity
      vertex = unsafe kernel_prim_step(
        distances.row(vertex), distances.blocks, vertex, tree, lengths, parents)
      let edge = unsafe distances.edge(vertex, Int(parents[vertex]))
      if edge.lengthBits <= threshold { edges.append(edge) }
    }
    return edges
  }
}
