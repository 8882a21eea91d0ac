/// A graph with a length an edge: pairs that are not listed never enter the filtration.
public struct SparseDistances: Sendable, Equatable {
  /// A pair of different vertices, `i` > `j`, and its distance.
  public struct Edge: Sendable, Equatable {
    /// The larger vertex.
    public let i: Int32
    /// The smaller vertex.
    public let j: Int32
    /// The distance, finite and not negative.
    public let distance: Float

    /// An edge; the vertices may come in either order.
    public init(_ a: Int, _ b: Int, _ distance: Float) {
      precondition(a != b && distance >= 0 && distance.isFinite)
      i = Int32(max(a, b))
      j = Int32(min(a, b))
      self.distance = distance
    }
  }

  /// The number of vertices, those without an edge too.
  public let vertexCount: Int
  /// Every pair once, ascending by `i`, then `j`.
  public let edges: [Edge]
  /// The value at which each vertex enters, no later than its edges; empty where all enter at 0.
  public let births: [Float]

  /// A graph of edges in that order, all vertices below `vertexCount`.
  public init(vertexCount: Int, edges: [Edge], births: [Float] = []) {
    precondition(births.isEmpty || births.count == vertexCount)
    self.vertexCount = vertexCount
    self.edges = edges
    self.births = births
  }
}
