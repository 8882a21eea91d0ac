import Images
import Testing

@testable import Textures

struct PaintingTests {
  @Test func `colours are rounded to bytes and clipped`() {
    var painting = Painting(size: 1, color: Color(0.5, 2, -1))
    #expect(painting.image().pixels == [128, 255, 0])
    painting.shade(by: Field(size: 1, repeating: 0.5))
    #expect(painting.image().pixels == [64, 255, 0])
    painting.brighten(by: Field(size: 1, repeating: 0.5))
    #expect(painting.image().pixels == [191, 255, 0])
  }

  @Test func `a cover mixes by its mask`() {
    var painting = Painting(size: 2, color: Color())
    painting.cover(
      with: Color(1, 1, 1), where: Field(size: 2, values: [0, 0.2, 1, 7]))
    #expect(painting.image().pixels == [0, 0, 0, 51, 51, 51, 255, 255, 255, 255, 255, 255])
  }

  @Test func `a ramp passes through its colours`() {
    let ramp = [Color(0, 0, 0), Color(1, 0, 0), Color(1, 1, 1)]
    #expect(Painting.color(at: 0, of: ramp) == ramp[0])
    #expect(Painting.color(at: 0.25, of: ramp) == Color(0.5, 0, 0))
    #expect(Painting.color(at: 0.5, of: ramp) == ramp[1])
    #expect(Painting.color(at: 7, of: ramp) == ramp[2])
  }
}
