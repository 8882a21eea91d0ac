import Testing

@testable import Images

struct InkTests {
  private func drawing(_ places: [(x: Int, y: Int)]) -> RGBImage {
    var image = RGBImage(width: 9, height: 9, gray: 255)
    for (x, y) in places { image.draw(RGBImage(width: 1, height: 1, gray: 0), x: x, y: y) }
    return image
  }

  @Test func `the square is around the centre, as large as what lies farthest asks for`() {
    #expect(drawing([]).inkSide == 0)
    #expect(drawing([(4, 4)]).inkSide == 1)
    #expect(drawing([(4, 4), (6, 4)]).inkSide == 5)
    #expect(drawing([(0, 4)]).inkSide == 9)
  }

  @Test func `drawings are cut alike and lose no ink`() {
    let cut = [drawing([(4, 4)]), drawing([(3, 5)])].cutToInk(margin: 1)
    #expect(cut.allSatisfy { $0.width == 5 && $0.height == 5 })
    #expect(cut.map { $0.pixels.count { $0 == 0 } } == [3, 3])
    #expect([drawing([(0, 0)])].cutToInk(margin: 3)[0] == drawing([(0, 0)]))
    #expect([RGBImage]().cutToInk(margin: 1).isEmpty)
  }
}
