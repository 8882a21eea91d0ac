import Synchronization

/// A triangle by its last edge and the vertex opposite to it.
///
/// Triangles are ordered by their last edges, and by the vertex where they share it.
struct Triangle: Hashable, Comparable, Sendable {
  var lastEdge: OrderedEdge
  var vertex: Int

  static func < (a: Triangle, b: Triangle) -> Bool {
    (a.lastEdge, a.vertex) < (b.lastEdge, b.vertex)
  }
}

/// A reduced column: the cochain that it is the coboundary of, and the first edge of that.
struct CocycleColumn: Sendable {
  var birth: OrderedEdge
  var support: [EdgeWord]
}

/// Which column has which triangle as its pivot, shared by the threads that reduce columns.
final class PivotTable: Sendable {
  private let columns = Mutex<[Triangle: CocycleColumn]>([:])

  /// Gives a pivot to the column of the later edge of two, the one in hand and the one that has it.
  ///
  /// Their sum, which goes on without the pivot, then belongs to the earlier edge: columns only ever
  /// have columns of later edges added, so the pairs are the same in whatever order threads come.
  ///
  /// - Parameters:
  ///   - pivot: The first triangle of the coboundary of a cochain.
  ///   - birth: The first edge of the cochain.
  ///   - support: Its edges; asked for only when it is to be kept.
  /// - Returns: The other column with that pivot, or nil when there was none.
  func settle(
    _ pivot: Triangle, birth: OrderedEdge, support: () -> [EdgeWord]
  ) -> CocycleColumn? {
    columns.withLock { columns in
      let other = columns[pivot]
      if let other, other.birth > birth { return other }
      columns[pivot] = CocycleColumn(birth: birth, support: support())
      return other
    }
  }

  /// Hands out all columns, by their pivots.
  func takeAll() -> [Triangle: CocycleColumn] {
    columns.withLock { columns in
      defer { columns = [:] }
      return columns
    }
  }
}
