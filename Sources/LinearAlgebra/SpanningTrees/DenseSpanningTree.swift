import CKernels

/// A minimum spanning tree of the graph that a dense matrix of distances describes.
///
/// H0 of a Vietoris–Rips filtration and single linkage are both read off it: for every threshold its
/// edges up to there connect what all edges up to there connect.
public struct DenseSpanningTree: Sendable {
  /// An edge of the tree.
  public struct Edge: Sendable, Equatable {
    /// The vertex that the edge brought into the tree.
    public let vertex: Int
    /// The vertex of the tree that it came from.
    public let parent: Int
    /// Their distance.
    public let length: Float

    /// An edge of these parts.
    public init(vertex: Int, parent: Int, length: Float) {
      self.vertex = vertex
      self.parent = parent
      self.length = length
    }
  }

  /// The edges, count − 1 of them, in the order in which they joined the tree.
  public let edges: [Edge]

  /// Prim's algorithm (1957, doi:10.1002/j.1538-7305.1957.tb01515.x) from vertex 0.
  ///
  /// One pass over the row of each vertex as it joins the tree: O(count · stride) time, O(stride)
  /// memory. Of equal distances the one found first is taken, so that the tree depends on nothing but
  /// the matrix.
  ///
  /// - Parameters:
  ///   - rows: The first of `count` rows, aligned to 64 bytes and `stride` floats apart: distances of
  ///     +0 and more, +∞ where there is no edge, none that is not a number. What a row holds of its
  ///     own vertex and beyond `count` is not looked at.
  ///   - stride: A multiple of 16, `count` or more.
  ///   - count: The number of vertices; the graph must be connected.
  ///   - check: Called now and then; what it throws ends the work.
  /// - Complexity: O(count · stride) time, O(stride) memory.
  public init(
    rows: UnsafePointer<Float>, stride: Int, count: Int, check: () throws -> Void
  ) rethrows {
    precondition(stride >= count && stride % 16 == 0)
    guard count > 1 else {
      edges = []
      return
    }
    // Aligned like the rows: whether a vertex is in the tree, and its distance from the tree.
    let state = UnsafeMutableRawBufferPointer.allocate(
      byteCount: ElementCount.checked(12, stride, of: UInt8.self), alignment: 64)
    defer { unsafe state.deallocate() }
    guard let tree = unsafe state.bindMemory(to: Float.self).baseAddress else {
      preconditionFailure("no memory")
    }
    let lengths = unsafe tree + stride
    unsafe tree.initialize(repeating: .infinity, count: 2 * stride)
    unsafe tree.update(repeating: -.infinity, count: count)
    let parents = unsafe UnsafeMutableRawPointer(lengths + stride).bindMemory(
      to: Int32.self, capacity: stride)
    unsafe parents.initialize(repeating: 0, count: stride)
    var edges: [Edge] = []
    edges.reserveCapacity(count - 1)
    var vertex = 0
    for step in 1..<count {
      if step & 1023 == 0 { try check() }
      unsafe tree[vertex] = .infinity
      vertex = unsafe kernel_prim_step(
        rows + vertex * stride, stride / 16, vertex, tree, lengths, parents)
      unsafe edges.append(
        Edge(vertex: vertex, parent: Int(parents[vertex]), length: lengths[vertex]))
    }
    self.edges = edges
  }
}
