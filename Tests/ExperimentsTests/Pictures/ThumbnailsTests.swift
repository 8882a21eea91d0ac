import Images
import Testing

@testable import Experiments

struct ThumbnailsTests {
  @Test(arguments: [
    ((96, 48), (48, 24)), ((300, 640), (23, 48)), ((2000, 3), (48, 1)), ((49, 49), (48, 48)),
    ((48, 10), (48, 10)), ((30, 20), (30, 20)),
  ])
  func `the longer side of a thumbnail is 48 pixels`(size: (Int, Int), expected: (Int, Int)) {
    let image = RGBImage(
      width: size.0, height: size.1,
      pixels: [UInt8](repeating: 70, count: size.0 * size.1 * 3))
    let small = Thumbnails.thumbnail(of: image)
    #expect(small.width == expected.0 && small.height == expected.1)
    #expect(small.pixels.allSatisfy { $0 == 70 })
  }

  @Test func `a thumbnail is named by its row`() {
    #expect(Thumbnails.file(row: 7) == "thumbnails/00007.jpg")
    #expect(Thumbnails.file(row: 123_456) == "thumbnails/123456.jpg")
  }
}
