/// The height at which any two rows of a dendrogram come into one cluster: the cophenetic distance, 0 of a row
/// with itself (Sokal and Rohlf 1962, doi:10.2307/1217208).
///
/// Of n rows there are n² of them, and n memory here: each cluster hangs, when it merges, below the root of the
/// larger one, at the height of the merge. Heights rise along the way up and no way is longer than log₂ n
/// (Tarjan 1975, doi:10.1145/321879.321884), so the two ways up meet after as few steps.
public struct MergeHeights: Sendable {
  /// What each row hangs below; itself at the root.
  private var parents: [Int]
  /// At which merge it came to hang there, from 0; the number of merges at the root.
  private var steps: [Int]
  private let heights: [Double]

  /// Those of a dendrogram.
  ///
  /// - Complexity: O(n log n) for n rows.
  public init(_ dendrogram: Dendrogram) {
    let count = dendrogram.rowCount
    parents = Array(0..<count)
    steps = [Int](repeating: dendrogram.merges.count, count: count)
    heights = dendrogram.merges.map(\.height)
    var sizes = [Int](repeating: 1, count: count)
    for (step, merge) in dendrogram.merges.enumerated() {
      var (low, high) = (root(of: merge.first), root(of: merge.second))
      if sizes[low] > sizes[high] { swap(&low, &high) }
      parents[low] = high
      steps[low] = step
      sizes[high] += sizes[low]
    }
  }

  private func root(of row: Int) -> Int {
    var row = row
    while parents[row] != row { row = parents[row] }
    return row
  }

  /// The height at which two rows come into one cluster.
  ///
  /// - Complexity: O(log n) for n rows.
  public subscript(first: Int, second: Int) -> Double {
    var (a, b) = (first, second)
    var height = 0.0
    while a != b {
      // The one that merges first goes up: at the last step both are below the same row.
      if steps[a] > steps[b] { swap(&a, &b) }
      height = heights[steps[a]]
      a = parents[a]
    }
    return height
  }
}
