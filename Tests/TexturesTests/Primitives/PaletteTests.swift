import Testing

@testable import Textures

struct PaletteTests {
  @Test func `a palette without breadth has one colour`() {
    var random = textureNumbers()
    let red = Palette(lightness: 0.6...0.6, chroma: 0.2...0.2, hue: 0.08...0.08)
    let colors = [random.color(red), random.color(red, red)]
    #expect(colors.allSatisfy { $0 == Color(lightness: 0.6, chroma: 0.2, hue: 0.08) })
  }

  @Test func `a pair differs in lightness`() {
    var random = textureNumbers(3)
    for _ in 0..<100 {
      let (a, b) = random.pair(contrast: 0.4)
      #expect(abs(a.luma - b.luma) > 0.2)
    }
  }

  @Test func `a series is of so many colours that differ`() {
    var random = textureNumbers(5)
    for count in 1...6 {
      let colors = random.series(count: count)
      #expect(colors.count == count)
      for index in colors.indices { #expect(!colors[..<index].contains(colors[index])) }
    }
  }
}
