import Files

/// A cell without a whole file, and what it can be made of.
package struct UnfinishedCell: Sendable {
  /// Rows of a finished cell that are rows of this one.
  struct FoundRows: Sendable {
    /// The finished cell.
    let key: Digest
    /// All its rows.
    let rowCount: Int
    /// Its row, and the position in the unfinished cell's chunk.
    var rows: [(row: Int, position: Int)]
  }

  package let cell: Cell
  /// Positions in the chunk of the images that are to be embedded, ascending.
  package let missing: [Int]
  /// Where the others are.
  let found: [FoundRows]

  /// A cell of which nothing is found.
  package init(_ cell: Cell) {
    self.init(cell, missing: Array(cell.chunk.rows.indices), found: [])
  }

  init(_ cell: Cell, missing: [Int], found: [FoundRows]) {
    self.cell = cell
    self.missing = missing
    self.found = found
  }
}
