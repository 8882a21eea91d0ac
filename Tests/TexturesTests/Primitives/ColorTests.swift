import Testing

@testable import Textures

struct ColorTests {
  @Test func `black, grey and white, by hand`() {
    #expect(Color(lightness: 0, chroma: 0, hue: 0.3) == Color())
    let white = Color(lightness: 1, chroma: 0, hue: 0)
    #expect((white - Color(1, 1, 1)).x.magnitude < 1e-3 && white.z > 0.999)
    // Linear light is the cube of the lightness, and the screen shows its root.
    let grey = Color(lightness: 0.64, chroma: 0, hue: 0)
    #expect(abs(grey.x - 0.512) < 1e-3 && abs(grey.luma - 0.512) < 1e-3)
  }

  @Test func `hues in turns: red, green and blue where OKLab has them`() {
    let red = Color(lightness: 0.6279, chroma: 0.2577, hue: 29.23 / 360)
    #expect(red.x > 0.99 && red.y < 0.05 && red.z < 0.05)
    let green = Color(lightness: 0.8664, chroma: 0.2948, hue: 142.5 / 360)
    #expect(green.y > 0.99 && green.x < 0.05 && green.z < 0.05)
    let blue = Color(lightness: 0.4520, chroma: 0.3132, hue: 264.05 / 360)
    #expect(blue.z > 0.99 && blue.x < 0.05 && blue.y < 0.05)
  }
}
