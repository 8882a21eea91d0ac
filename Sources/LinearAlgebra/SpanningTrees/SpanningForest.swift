/// The minimum spanning forest of edges that are given in their order.
///
/// In a filtration that adds the edges in this order, those of the forest end the components (H0), and
/// the others start the loops.
public struct SpanningForest: Sendable {
  /// An edge that joins two components.
  public struct Merge: Sendable, Equatable {
    /// The edge, by its place in the order.
    public let edge: Int
    /// The vertices of the component that ends, the smaller one; none unless asked for.
    public let vertices: [Int]

    /// A merge of these parts.
    public init(edge: Int, vertices: [Int]) {
      self.edge = edge
      self.vertices = vertices
    }
  }

  /// The forest's edges in their order.
  public private(set) var merges: [Merge] = []
  /// The vertices of each component that is left; empty lists unless asked for.
  public private(set) var components: [[Int]] = []
  /// A bit for each edge.
  private var words: [UInt64]

  /// Kruskal's algorithm (1956, doi:10.1090/S0002-9939-1956-0078686-7).
  ///
  /// - Parameters:
  ///   - vertexCount: The number of vertices, n.
  ///   - edgeCount: The number of edges, m.
  ///   - withVertices: Whether the vertices of components are wanted.
  ///   - ends: The two vertices of the edge at a place of the order.
  /// - Complexity: O(n + m α(n)) time, with vertices O(n log n) more; O(n + m / 64) memory. The edges
  ///   beyond the one that connects everything are not looked at.
  @inlinable
  public init(
    vertexCount: Int, edgeCount: Int, withVertices: Bool, ends: (Int) -> (Int, Int)
  ) {
    var joined = ConnectedComponents(vertexCount: vertexCount)
    var members: [[Int]] = withVertices ? (0..<vertexCount).map { [$0] } : []
    var merges: [Merge] = []
    for edge in 0..<edgeCount where merges.count < vertexCount - 1 {
      let (a, b) = ends(edge)
      guard let (survivor, ended) = joined.merge(a, b) else { continue }
      var vertices: [Int] = []
      if withVertices {
        swap(&vertices, &members[ended])
        members[survivor] += vertices
      }
      merges.append(Merge(edge: edge, vertices: vertices))
    }
    self.init(
      merges: merges, edgeCount: edgeCount,
      components: withVertices
        ? members.filter { !$0.isEmpty }
        : [[Int]](repeating: [], count: vertexCount - merges.count))
  }

  @usableFromInline
  init(merges: [Merge], edgeCount: Int, components: [[Int]]) {
    self.merges = merges
    self.components = components
    words = [UInt64](repeating: 0, count: (edgeCount + 63) / 64)
    for merge in merges { words[merge.edge >> 6] |= 1 << UInt64(merge.edge & 63) }
  }

  /// Whether the edge at a place of the order is one of the forest's.
  ///
  /// - Complexity: O(1).
  public func contains(_ edge: Int) -> Bool { words[edge >> 6] >> UInt64(edge & 63) & 1 == 1 }
}
