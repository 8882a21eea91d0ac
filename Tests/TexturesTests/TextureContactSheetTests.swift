import Images
import Testing

@testable import Textures

struct TextureContactSheetTests {
  @Test func `a row a class, its images in order on white`() {
    let stream = TextureStream(split: .val, seed: 2)
    let page = TextureContactSheet.image(of: [.grid, .lined], columns: 3, size: 10, from: stream)
    #expect(page.width == 3 * 14 + 4 && page.height == 2 * 14 + 4)
    #expect(page.pixels[..<12].allSatisfy { $0 == 255 })
    let image = stream.sample(.init(.lined, index: 2), size: 10).image
    for row in 0..<10 {
      let start = 3 * ((4 + 14 + row) * page.width + 4 + 28)
      #expect(
        Array(page.pixels[start..<start + 30]) == Array(image.pixels[30 * row..<30 * row + 30]))
    }
  }
}
