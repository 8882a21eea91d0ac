import Testing

@testable import Textures

struct LatticesTests {
  @Test func `square cells, by hand`() {
    let cell = squareCell(2.25, -0.75)
    #expect(cell.column == 2 && cell.row == -1 && cell.x == 0.25 && cell.y == 0.25)
    #expect(cell.squareBorder == 0.25)
    #expect(squareCell(0, 0).radius == 0 && squareCell(0, 0).squareBorder == 0.5)
  }

  @Test func `hexagonal cells, by hand`() {
    // The middles of row 0 are whole numbers, of row 1 half a unit beside and √3/2 below.
    let middle = hexagonalCell(1, 0)
    #expect(middle.column == 1 && middle.row == 0 && middle.radius == 0)
    #expect(middle.hexagonBorder == 0.5)
    let shifted = hexagonalCell(0.5, 0.8660254)
    #expect(shifted.column == 0 && shifted.row == 1 && shifted.radius < 1e-6)
    // Halfway between two middles lies the border, at a right angle to it.
    #expect(abs(hexagonalCell(0.5, 0).hexagonBorder) < 1e-6)
    #expect(abs(hexagonalCell(0.25, 0.4330127).hexagonBorder) < 1e-6)
  }

  @Test func `a hexagonal cell is the nearest of all middles`() {
    for step in 0..<500 {
      let (x, y) = (Float(step % 23) * 0.137 - 1.4, Float(step % 29) * 0.113 - 1.6)
      var nearest = Float.infinity
      for row in -4...4 {
        for column in -4...4 {
          let shift: Float = row & 1 == 0 ? 0 : 0.5
          nearest = min(nearest, length(x - Float(column) - shift, y - Float(row) * 0.8660254))
        }
      }
      let cell = hexagonalCell(x, y)
      #expect(abs(cell.radius - nearest) < 1e-5)
      #expect(cell.hexagonBorder > -1e-5 && cell.hexagonBorder <= 0.5)
    }
  }
}
