import Testing

@testable import Textures

struct CellNoiseTests {
  @Test func `without jitter the points are the cells' middles`() {
    var random = textureNumbers()
    let cells = CellNoise(&random, jitter: 0)
    let near = cells.nearest(0.875, 0.5)
    #expect(near.first == 0.375 && near.second == 0.625)
    #expect(near.offset == SIMD2(0.375, 0) && near.secondOffset == SIMD2(-0.625, 0))
    #expect(abs(near.borderDistance - 0.125) < 1e-6)
    #expect(near.label == cells.label(column: 0, row: 0))
    #expect(cells.nearest(3.5, -1.5).first == 0)
    // A quarter of the diagonal away from the middle: √2 / 4.
    let corner = cells.nearest(0.75, 0.75)
    #expect(abs(corner.first - 0.35355338) < 1e-6)
  }

  @Test func `the nearest is the nearest of a wider search`() {
    var random = textureNumbers(1)
    let cells = CellNoise(&random, jitter: 0.7)
    for step in 0..<400 {
      let (x, y) = (Float(step % 19) * 0.217 - 2, Float(step % 23) * 0.193 - 1.9)
      let (column, row) = (wholePart(x), wholePart(y))
      var distances: [Float] = []
      for down in -3...3 {
        for right in -3...3 {
          let point = cells.point(column: column + right, row: row + down)
          distances.append(length(x - point.x, y - point.y))
        }
      }
      distances.sort()
      let near = cells.nearest(x, y)
      #expect(abs(near.first - distances[0]) < 1e-5)
      #expect(near.second >= distances[1] - 1e-5 && near.first <= near.second)
      #expect(near.borderDistance <= (near.second - near.first) / 2 + near.first + 1e-5)
    }
  }

  @Test func `points stay in their cells and labels between 0 and 1`() {
    var random = textureNumbers(2)
    let cells = CellNoise(&random)
    for index in 0..<100 {
      let point = cells.point(column: index % 10, row: index / 10)
      #expect(wholePart(point.x) == index % 10 && wholePart(point.y) == index / 10)
      #expect((0..<1).contains(cells.label(column: index, row: -index)))
    }
  }
}
