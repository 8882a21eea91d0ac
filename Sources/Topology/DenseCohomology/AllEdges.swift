import Synchronization

/// All edges of a dense filtration in their order, sorted when first asked for.
final class AllEdges: Sendable {
  private let distances: SquareDistances
  private let threshold: Int32
  private let edges = Mutex<[OrderedEdge]?>(nil)

  /// The edges up to a threshold (bits).
  init(of distances: SquareDistances, threshold: Int32) {
    self.distances = distances
    self.threshold = threshold
  }

  /// The edges in their order; those beyond the enclosing radius, the last ones to start or end
  /// anything, are left out.
  func sorted() -> [OrderedEdge] {
    edges.withLock { edges in
      if let edges { return edges }
      let count = distances.count
      var limit = threshold
      for i in 0..<count {
        var farthest: Int32 = 0
        for j in 0..<count where j != i { farthest = max(farthest, distances.lengthBits(i, j)) }
        limit = min(limit, farthest)
      }
      var found: [OrderedEdge] = []
      for i in 0..<count {
        for j in 0..<i where distances.lengthBits(i, j) <= limit {
          found.append(distances.edge(i, j))
        }
      }
      found.sort()
      edges = found
      return found
    }
  }
}
