import CKernels

/// Reduces columns of the coboundary matrix, one at a time, on one thread.
///
/// The column in hand is a cochain α: a set of edges, whose coboundary has the triangles with an odd
/// number of their edges in α. It starts as one edge e. Its pivot is the first triangle of the
/// coboundary, and adding to α the cochain of another column with the same pivot moves the
/// pivot on, until it is one that no column has.
///
/// The coboundary is never stored. It is read off α, one edge f after the other: the triangles with
/// last edge f are the (f, w) with w in the lune of f, and such a triangle is in δα iff
/// α(i, w) + α(j, w) + α(f) = 1. So a sorted walk over the edges f that are last in some triangle on an
/// edge of α, looking at each lune, meets the triangles of δα in their order. A heap holds the
/// edges f ahead, filled from α by windows of length that double, so that short-lived columns
/// never look at long edges.
///
/// Columns of edges f with a lune are not stored either: the coboundary of f alone begins with
/// (f, partner), partner being the first vertex of its lune (no triangle on f is earlier than those
/// which f comes last in). That column is reduced as it stands, whatever happens elsewhere, for no other
/// such column has the same pivot. So whenever the walk meets (f, partner) it adds f to α.
struct CocycleReduction {
  private let distances: SquareDistances
  private let threshold: Int32
  private let table: PivotTable
  private let control: ComputationControl
  private let cochain: SymmetricBits
  private let marked: SymmetricBits
  /// Every edge of the cochain; removed ones may linger and edges may occur twice.
  private var support: [OrderedEdge] = []
  private var ahead = EdgeHeap()
  private var found: [UInt32]
  /// The window's end, and the first length beyond it that the walk will come to.
  private var high: Int32 = 0
  private var next: Int32 = 0
  private var current = OrderedEdge(rank: 0)
  private var passes = 0

  /// A worker of a reduction up to `threshold` (bits) that shares a table with others.
  init(
    distances: SquareDistances, threshold: Int32, table: PivotTable, control: ComputationControl
  ) throws {
    self.distances = distances
    self.threshold = threshold
    self.table = table
    self.control = control
    cochain = try SymmetricBits(matching: distances)
    marked = try SymmetricBits(matching: distances)
    found = [UInt32](repeating: 0, count: distances.stride)
  }

  /// Reduces the column of an edge with an empty lune that joins no components.
  ///
  /// When another thread's column of an earlier edge has the pivot, this one takes it, and goes on
  /// with their sum in the name of the earlier edge.
  ///
  /// - Returns: The column that ran out of triangles, if any: its class never dies.
  /// - Throws: `TopologyError.cancelled`.
  mutating func reduce(_ edge: OrderedEdge) throws -> CocycleColumn? {
    defer {
      cochain.removeAll()
      marked.removeAll()
      ahead.removeAll()
    }
    var birth = edge
    let (i, j) = edge.vertices
    support = [edge]
    _ = cochain.flip(i, j)
    current = edge
    high = edge.lengthBits - 1
    next = .max
    // An empty window: finds where the first triangle is.
    try markTriangles(on: edge, from: high + 1)
    while true {
      guard let last = ahead.pop() else {
        if next > threshold { return CocycleColumn(birth: birth, support: currentSupport()) }
        try widen(from: edge.lengthBits)
        continue
      }
      current = last
      while let pivot = try pivot(at: last) {
        let table = table
        let other = table.settle(pivot.triangle, birth: birth) { currentSupport() }
        guard let other else { return nil }
        if pivot.addsLastEdge { try markIfPresent(last) }
        for edge in other.support {
          let (i, j) = edge.vertices
          if cochain.flip(i, j) {
            support.append(edge)
            try markTriangles(on: edge, from: last.lengthBits)
          }
        }
        birth = min(birth, other.birth)
      }
    }
  }

  /// The first triangle of the coboundary among those with a given last edge, apparent columns added.
  ///
  /// The last edge itself may have been added; its further triangles are marked only where there is
  /// no pivot, for the column may end here.
  private mutating func pivot(
    at last: OrderedEdge
  ) throws -> (triangle: Triangle, addsLastEdge: Bool)? {
    let (i, j) = last.vertices
    guard let odd = firstOdd(i, j) else { return nil }
    let partner = distances.luneFirst(i, j)
    if partner != odd { return (Triangle(lastEdge: last, vertex: odd), false) }
    if cochain.flip(i, j) { support.append(last) }
    if let odd = firstOdd(i, j) { return (Triangle(lastEdge: last, vertex: odd), true) }
    try markIfPresent(last)
    return nil
  }

  /// The first vertex of the lune of (i, j) whose triangle is in the coboundary.
  @inline(__always)
  private func firstOdd(_ i: Int, _ j: Int) -> Int? {
    let w = unsafe kernel_lune_first_odd(
      distances.row(i), distances.row(j), distances.blocks, i, j, cochain.row(i), cochain.row(j),
      cochain.contains(i, j) ? 1 : 0)
    return w < 0 ? nil : w
  }

  private mutating func markIfPresent(_ edge: OrderedEdge) throws {
    let (i, j) = edge.vertices
    if cochain.contains(i, j) { try markTriangles(on: edge, from: edge.lengthBits) }
  }

  /// Puts ahead the last edges of the triangles on `edge` that are in the window, after the current
  /// edge and not there yet.
  private mutating func markTriangles(on edge: OrderedEdge, from low: Int32) throws {
    passes &+= 1
    if passes & 255 == 0 { try control.check() }
    let (i, j) = edge.vertices
    let count = unsafe kernel_longer_sides(
      distances.row(i), distances.row(j), distances.blocks, max(low, edge.lengthBits), high,
      marked.row(i), marked.row(j), &found, &next)
    for side in found[..<count] {
      let (w, end) = (Int(side >> 1), side & 1 == 1 ? i : j)
      let last = distances.edge(end, w)
      // At the window's lower end some sides come before an edge of the same length.
      if last > current {
        marked.insert(end, w)
        ahead.push(last)
      }
    }
  }

  /// Doubles the window above the length of the first edge, to the next triangle at least.
  private mutating func widen(from first: Int32) throws {
    let low = high + 1
    let doubled = Int(first) + 2 * (Int(high) - Int(first))
    high = Int32(min(max(Int(next), doubled), Int(threshold)))
    next = .max
    support = currentSupport()
    for edge in support { try markTriangles(on: edge, from: low) }
  }

  /// The edges of the cochain, each once.
  private func currentSupport() -> [OrderedEdge] {
    // Removing each edge as it is kept drops those that occur twice.
    let kept = support.filter { edge in
      let (i, j) = edge.vertices
      return cochain.contains(i, j) && !cochain.flip(i, j)
    }
    for edge in kept {
      let (i, j) = edge.vertices
      _ = cochain.flip(i, j)
    }
    return kept
  }
}
