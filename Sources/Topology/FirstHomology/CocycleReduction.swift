import CKernels
import LinearAlgebra

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
/// never look at long edges. A column with so many additions that filling the heap costs more than
/// looking at every edge walks a sorted list of all edges from there on.
///
/// Columns of edges f with a lune are not stored either: reduced, that column is f alone, and its
/// pivot is (f, partner), partner being the first vertex of the lune (see `FirstHomology`). So whenever
/// the walk meets (f, partner) it adds f to α. Nothing before f changes: f is the last edge of the
/// first triangle of its coboundary.
struct CocycleReduction {
  private let distances: SquareDistances
  private let threshold: Int32
  private let table: PivotTable
  private let control: ComputationControl
  private let cochain: SymmetricBits
  private let marked: SymmetricBits
  private var ahead = BinaryHeap<OrderedEdge>()
  private var found: [UInt32]
  /// The window's end, and the first length beyond it that the walk will come to.
  private var high: Int32 = 0
  private var next: Int32 = 0
  private var current = OrderedEdge(rank: 0)
  private var passes = 0
  /// The size of the columns added to the one in hand, and the part of it beyond a number a vertex in all
  /// columns so far.
  private var additions = 0
  private var excess = 0
  private let patience: Int
  private let allEdges: AllEdges
  private var edges: [OrderedEdge] = []
  private var walksAll = false
  private var place = 0

  /// A worker of a reduction up to `threshold` (bits) that shares a table with others.
  init(
    distances: SquareDistances, threshold: Int32, table: PivotTable, allEdges: AllEdges,
    patience: Int,
    control: ComputationControl
  ) throws {
    self.allEdges = allEdges
    self.patience = patience
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
  /// - Throws: `CancellationError`.
  mutating func reduce(_ edge: OrderedEdge) throws -> CocycleColumn? {
    defer {
      cochain.removeAll()
      marked.removeAll()
      ahead.removeAll()
    }
    var birth = edge
    let pair = edge.vertices
    cochain.insert(pair.i, pair.j)
    current = edge
    high = edge.lengthBits - 1
    additions = 0
    walksAll = false
    next = .max
    // An empty window: finds where the first triangle is.
    try markTriangles(on: pair, from: high + 1)
    while let last = try nextEdge(first: edge.lengthBits) {
      current = last
      let lastPair = last.vertices
      while let pivot = try pivot(at: lastPair) {
        let (table, cochain) = (table, cochain)
        let triangle = Triangle(lastEdge: last, vertex: pivot.vertex)
        let other = table.settle(triangle, birth: birth) { cochain.nonzeroWords() }
        guard let other else { return nil }
        try control.check()
        if pivot.addsLastEdge && cochain.contains(lastPair.i, lastPair.j) {
          try markTriangles(on: lastPair, from: last.lengthBits)
        }
        cochain.add(other.support)
        birth = min(birth, other.birth)
        if !walksAll && exceeds(adding: other.support.count) { walkAll() }
        if walksAll { continue }
        for pair in cochain.edges(in: other.support) {
          try markTriangles(on: pair, from: last.lengthBits)
        }
      }
    }
    return CocycleColumn(birth: birth, support: cochain.nonzeroWords())
  }

  /// The next edge to look at.
  private mutating func nextEdge(first: Int32) throws -> OrderedEdge? {
    if walksAll {
      place &+= 1
      if place & 4095 == 0 { try control.check() }
      return place < edges.count ? edges[place] : nil
    }
    while true {
      if let edge = ahead.popFirst() { return edge }
      if next > threshold { return nil }
      try widen(from: first)
    }
  }

  /// Whether columns got so dense that it is time to look at every edge.
  ///
  /// Sorting them all costs as much as hundreds of passes a vertex, and 4 n² bytes.
  private mutating func exceeds(adding size: Int) -> Bool {
    additions &+= size
    if additions > distances.count / 4 { excess &+= size }
    return excess > patience * distances.count && additions > distances.count / 4
      && distances.count <= 4096
  }

  /// From here on looks at every edge.
  private mutating func walkAll() {
    walksAll = true
    if edges.isEmpty { edges = allEdges.sorted() }
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= current { low = middle + 1 } else { high = middle }
    }
    place = low - 1
  }

  /// The first vertex opposite to `last` in a triangle of the coboundary; where it is the partner of
  /// `last`, the apparent column is added first.
  ///
  /// The triangles on an added edge are marked only where there is no pivot, for the column may end
  /// here.
  private mutating func pivot(
    at last: VertexPair
  ) throws -> (vertex: Int, addsLastEdge: Bool)? {
    guard let odd = firstOdd(last) else { return nil }
    if distances.luneFirst(last.i, last.j) != odd { return (odd, false) }
    let isAdded = cochain.flip(last.i, last.j)
    if let odd = firstOdd(last) { return (odd, isAdded) }
    if isAdded { try markTriangles(on: last, from: current.lengthBits) }
    return nil
  }

  /// The first vertex of the lune of an edge whose triangle is in the coboundary.
  @inline(__always)
  private func firstOdd(_ edge: VertexPair) -> Int? {
    let (i, j) = (edge.i, edge.j)
    let w = unsafe kernel_lune_first_odd(
      distances.row(i), distances.row(j), distances.blocks, i, j, cochain.row(i), cochain.row(j),
      cochain.contains(i, j) ? 1 : 0)
    return w < 0 ? nil : w
  }

  /// Puts ahead the last edges of the triangles on an edge that are in the window, after the current
  /// edge and not there yet.
  private mutating func markTriangles(on edge: VertexPair, from low: Int32) throws {
    if walksAll { return }
    passes &+= 1
    if passes & 255 == 0 { try control.check() }
    let (i, j) = (edge.i, edge.j)
    let count = unsafe kernel_longer_sides(
      distances.row(i), distances.row(j), distances.blocks, max(low, distances.lengthBits(i, j)),
      high, marked.row(i), marked.row(j), &found, &next)
    for side in found[..<count] {
      let (w, end) = (Int(side &>> 1), side & 1 == 1 ? i : j)
      let last = distances.edge(end, w)
      // At the window's lower end some sides come before an edge of the same length.
      if last > current {
        marked.insert(end, w)
        ahead.insert(last)
      }
    }
  }

  /// Doubles the window above the length of the first edge, to the next triangle at least.
  private mutating func widen(from first: Int32) throws {
    let low = high + 1
    let doubled = Int(first) + 2 * (Int(high) - Int(first))
    high = Int32(min(max(Int(next), doubled), Int(threshold)))
    next = .max
    for edge in cochain.edges(in: cochain.nonzeroWords()) { try markTriangles(on: edge, from: low) }
  }
}
