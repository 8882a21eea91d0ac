import Testing

@testable import Textures

struct FieldTests {
  @Test func `fields are added and multiplied number by number`() {
    let a = Field(size: 2, values: [1, 2, 3, 4])
    let b = Field(size: 2, values: [10, 20, 30, 40])
    #expect((a + b).values == [11, 22, 33, 44] && (a * b).values == [10, 40, 90, 160])
    #expect((a * 0.5).values == [0.5, 1, 1.5, 2] && a.map { -$0 }.values == [-1, -2, -3, -4])
  }

  @Test func `pixels near a point are those of a rectangle, with the way to their middles`() {
    var found: [Int] = []
    // From the middle to 1/4 of the side beyond it, the column that begins there too; the row that begins
    // 1/8 below it.
    Field.forEachPixel(size: 8, near: 0.125, 0.125, reachX: 0.125, reachY: 0) { index, dx, dy in
      found.append(index)
      #expect(dx == (Float(index % 8) + 0.5) / 8 - 0.625 && dy == 0.0625)
    }
    #expect(found == [44, 45, 46])
  }

  @Test func `what lies outside the image has no pixels there, and at its rim only those within`() {
    var count = 0
    Field.forEachPixel(size: 8, near: 2, 0, reachX: 0.5, reachY: 1) { _, _, _ in count += 1 }
    #expect(count == 0)
    Field.forEachPixel(size: 8, near: -0.5, -0.5, reachX: 0.1, reachY: 0.1) { _, _, _ in count += 1
    }
    #expect(count == 1)
  }
}
