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
  ///
  /// They are counted by length and written straight to their places among about as many bins as
  /// there are edges; a bin of several is sorted on its own. No second copy is made.
  func sorted() -> [OrderedEdge] {
    edges.withLock { edges in
      if let edges { return edges }
      let found = Self.sorted(distances, threshold: threshold)
      edges = found
      return found
    }
  }

  /// The most bins of lengths.
  private static let binLimit = 1 << 20

  private static func sorted(_ distances: SquareDistances, threshold: Int32) -> [OrderedEdge] {
    let count = distances.count
    var limit = threshold
    var least = Int32.max
    for i in 0..<count {
      var farthest: Int32 = 0
      for j in 0..<count where j != i {
        farthest = max(farthest, distances.lengthBits(i, j))
        least = min(least, distances.lengthBits(i, j))
      }
      limit = min(limit, farthest)
    }
    guard least <= limit else { return [] }
    let span = Int(limit) - Int(least)
    let shift = max(0, span.bitWidth - span.leadingZeroBitCount - binLimit.trailingZeroBitCount)
    var ends = [Int](repeating: 0, count: (span >> shift) + 2)
    for i in 0..<count {
      for j in 0..<i where distances.lengthBits(i, j) <= limit {
        ends[(Int(distances.lengthBits(i, j)) - Int(least)) >> shift + 1] += 1
      }
    }
    for bin in 1..<ends.count { ends[bin] += ends[bin - 1] }
    // The start of each bin moves up as it fills, to the start of the next.
    var found = [OrderedEdge](repeating: OrderedEdge(rank: 0), count: ends[ends.count - 1])
    for i in 0..<count {
      for j in 0..<i where distances.lengthBits(i, j) <= limit {
        let bin = (Int(distances.lengthBits(i, j)) - Int(least)) >> shift
        found[ends[bin]] = distances.edge(i, j)
        ends[bin] += 1
      }
    }
    var start = 0
    for end in ends.dropLast() {
      if end - start > 1 { sort(&found, start..<end) }
      start = end
    }
    return found
  }

  /// Sorts a part; by insertion while it is short or in order, as many equal lengths are.
  private static func sort(_ edges: inout [OrderedEdge], _ part: Range<Int>) {
    var moves = 0
    for place in part.dropFirst() {
      let edge = edges[place]
      var free = place
      while free > part.lowerBound, edge < edges[free - 1] {
        edges[free] = edges[free - 1]
        free -= 1
        moves += 1
      }
      edges[free] = edge
      if moves > 16 * part.count { return edges[part].sort() }
    }
  }
}
