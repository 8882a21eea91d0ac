import LinearAlgebra

/// The tree of clusters that single linkage makes: which two rows join two clusters at which distance.
public struct Dendrogram: Sendable, Equatable {
  /// One step: the clusters of two rows become one.
  public struct Merge: Sendable, Equatable {
    /// The rows whose distance is the clusters' distance, `first` < `second`.
    public let first: Int
    /// The other of them.
    public let second: Int
    /// Their distance, at which the clusters merge.
    public let height: Double
  }

  /// The number of rows, n.
  public let rowCount: Int
  /// The n − 1 merges, ascending by height, then by the first row, then by the second.
  public let merges: [Merge]

  /// The dendrogram whose merges are the edges of a spanning tree of the rows, in any order.
  ///
  /// Kruskal's order (1956, doi:10.1090/S0002-9939-1956-0078686-7) makes the single-linkage dendrogram of
  /// the edges of a minimum spanning tree (Gower and Ross 1969, doi:10.2307/2346439).
  public init(rowCount: Int, merges: [Merge]) {
    precondition(merges.count == max(rowCount - 1, 0))
    var components = ConnectedComponents(vertexCount: rowCount)
    for merge in merges {
      let isNew = components.join(merge.first, merge.second)
      precondition(isNew, "the edges are no tree")
    }
    self.rowCount = rowCount
    self.merges = merges.sorted {
      ($0.height, $0.first, $0.second) < ($1.height, $1.first, $1.second)
    }
  }

  /// The clusters at a threshold: rows that a chain of pairs connects, each at most `threshold` apart.
  ///
  /// Time O(n α(n)). A threshold below every height leaves every row alone.
  public func partition(at threshold: Double) -> Partition {
    precondition(!threshold.isNaN)
    var components = ConnectedComponents(vertexCount: rowCount)
    for merge in merges.prefix(while: { $0.height <= threshold }) {
      _ = components.join(merge.first, merge.second)
    }
    return Partition(components, rowCount: rowCount)
  }
}
