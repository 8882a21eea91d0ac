import Testing

@testable import Textures

struct TextureContextTests {
  @Test func `a period becomes the plane's unit and the pattern's spacing`() {
    var context = TextureContext(size: 8, random: textureNumbers())
    let plane = context.plane(turn: 0...0, period: 0.25, tilt: 0)
    #expect(context.spacing == 0.25 && plane.pixel == 0.5)
    // Pixels of 1/8 are half a period apart.
    #expect(abs(plane.x[1] - plane.x[0] - 0.5) < 1e-5)
    #expect(abs(plane.y[8] - plane.y[0] - 0.5) < 1e-5)
  }

  @Test func `what is drawn does not depend on the size`() {
    let numbers = [1, 4, 32].map { size in
      var context = TextureContext(size: size, random: textureNumbers(2))
      _ = context.plane(period: 0.1)
      _ = context.grain(amount: 0.1)
      _ = (context.light(), context.cells())
      let point = context.point(margin: 0.25)
      #expect(abs(point.x) <= 0.75 && abs(point.y) <= 0.75)
      return context.random.number(0...1)
    }
    #expect(Set(numbers).count == 1)
  }
}
