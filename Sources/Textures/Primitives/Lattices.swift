/// Where a place lies in its cell of a lattice whose nearest points are one unit apart.
struct LatticeCell {
  /// The cell's column.
  var column: Int
  /// The cell's row.
  var row: Int
  /// The offset from the cell's middle to the place.
  var x: Float
  /// The offset downwards.
  var y: Float

  /// The distance to the cell's middle.
  @inline(__always)
  var radius: Float { length(x, y) }
}

/// The cell of the square lattice whose middle is nearest to (x, y).
@inline(__always)
func squareCell(_ x: Float, _ y: Float) -> LatticeCell {
  let (column, row) = (wholePart(x + 0.5), wholePart(y + 0.5))
  return LatticeCell(column: column, row: row, x: x - Float(column), y: y - Float(row))
}

/// The cell of the hexagonal lattice, in rows half a unit shifted in turn, nearest to (x, y).
@inline(__always)
func hexagonalCell(_ x: Float, _ y: Float) -> LatticeCell {
  let rowHeight: Float = 0.8660254  // √3 / 2
  let lower = wholePart(y / rowHeight)
  var best = LatticeCell(column: 0, row: 0, x: 2, y: 2)
  for row in lower...lower + 1 {
    let shift: Float = row & 1 == 0 ? 0 : 0.5
    let column = wholePart(x - shift + 0.5)
    let dx = x - shift - Float(column)
    let dy = y - Float(row) * rowHeight
    if dx * dx + dy * dy < best.x * best.x + best.y * best.y {
      best = LatticeCell(column: column, row: row, x: dx, y: dy)
    }
  }
  return best
}

extension LatticeCell {
  /// The distance to the border of a hexagonal lattice's cell.
  @inline(__always)
  var hexagonBorder: Float {
    let (width, slant) = (abs(x), abs(y) * 0.8660254)
    return 0.5 - max(width, width / 2 + slant)
  }

  /// The distance to the border of a square lattice's cell.
  @inline(__always)
  var squareBorder: Float { 0.5 - max(abs(x), abs(y)) }
}
