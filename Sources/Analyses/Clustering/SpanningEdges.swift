import LinearAlgebra

/// Edges of a minimum spanning forest, to which more edges are added.
struct SpanningEdges {
  struct Edge: Sendable {
    let a: Int32
    let b: Int32
    /// Not negative.
    let length: Float
  }

  private let rowCount: Int
  private(set) var edges: [Edge] = []

  init(rowCount: Int) { self.rowCount = rowCount }

  /// The forest of the edges so far and new ones, by Kruskal's algorithm; equal lengths in the order of
  /// their coming.
  mutating func add(_ new: some Sequence<Edge>) {
    let all = edges + new
    // The bits of numbers that are not negative are ordered as they are.
    let order = all.indices.map { UInt64(all[$0].length.bitPattern) << 32 | UInt64($0) }.sorted()
    func edge(_ place: Int) -> Edge { all[Int(order[place] & 0xFFFF_FFFF)] }
    let forest = SpanningForest(
      vertexCount: rowCount, edgeCount: order.count, withVertices: false
    ) { place in (Int(edge(place).a), Int(edge(place).b)) }
    edges = forest.merges.map { edge($0.edge) }
  }
}
