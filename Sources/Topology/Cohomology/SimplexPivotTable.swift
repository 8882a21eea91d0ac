import Synchronization

/// A reduced column of the coboundary matrix.
struct ReducedColumn: Sendable {
  /// The number of the simplex with which the class is born.
  var birth: UInt64
  /// The coefficient of the pivot in the column.
  var pivotCoefficient: Int
  /// The simplices whose coboundaries add up to the column, with coefficients in the low bits.
  var cochain: [UInt64]
}

/// Which reduced column has which pivot, shared by all threads.
///
/// Every pivot stays claimed once it is, so a table with twice the slots of the columns never fills.
final class SimplexPivotTable: Sendable {
  private struct Slots {
    var pivots: [UInt64]
    var owners: [Int32]
    var columns: [ReducedColumn] = []

    /// The slot of the pivot or the empty one where it belongs.
    func slot(of pivot: UInt64) -> Int {
      let mask = pivots.count - 1
      var slot = Int(truncatingIfNeeded: (pivot &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
      while pivots[slot] != pivot && pivots[slot] != .max { slot = (slot + 1) & mask }
      return slot
    }
  }

  private let slots: Mutex<Slots>

  /// A table for as many pivots as there are columns.
  init(columnCount: Int) {
    var size = 16
    while size < 2 * columnCount { size *= 2 }
    slots = Mutex(
      Slots(
        pivots: [UInt64](repeating: .max, count: size),
        owners: [Int32](repeating: 0, count: size)))
  }

  /// The column that has the pivot now.
  func owner(of pivot: UInt64) -> ReducedColumn? {
    slots.withLock { slots in
      let slot = slots.slot(of: pivot)
      return slots.pivots[slot] == pivot ? slots.columns[Int(slots.owners[slot])] : nil
    }
  }

  /// Whether some column has the pivot.
  func contains(_ pivot: UInt64) -> Bool {
    slots.withLock { $0.pivots[$0.slot(of: pivot)] == pivot }
  }

  /// Gives the pivot to a column, unless it has an owner other than the one of birth `displaced`
  /// (none for nil); whether it did.
  func claim(_ pivot: UInt64, for column: ReducedColumn, displacing displaced: UInt64?) -> Bool {
    slots.withLock { slots in
      let slot = slots.slot(of: pivot)
      if slots.pivots[slot] == pivot {
        let owner = Int(slots.owners[slot])
        guard slots.columns[owner].birth == displaced else { return false }
        slots.columns[owner] = column
        return true
      }
      slots.pivots[slot] = pivot
      slots.owners[slot] = Int32(slots.columns.count)
      slots.columns.append(column)
      return true
    }
  }

  /// All pivots with their columns, ascending by pivot.
  func pairs() -> [(pivot: UInt64, column: ReducedColumn)] {
    slots.withLock { slots in
      slots.pivots.indices.filter { slots.pivots[$0] != .max }
        .map { (slots.pivots[$0], slots.columns[Int(slots.owners[$0])]) }
        .sorted { $0.0 < $1.0 }
    }
  }
}
