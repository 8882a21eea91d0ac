import Images
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

  @Test func `a ramp passes through its colours`() {
    let ramp = [Color(0, 0, 0), Color(1, 0, 0), Color(1, 1, 1)]
    #expect(Painting.color(at: 0, of: ramp) == ramp[0])
    #expect(Painting.color(at: 0.25, of: ramp) == Color(0.5, 0, 0))
    #expect(Painting.color(at: 0.5, of: ramp) == ramp[1])
    #expect(Painting.color(at: 7, of: ramp) == ramp[2])
  }

  @Test(arguments: [
    (0, 0, 0, "black"), (250, 250, 250, "white"), (128, 128, 128, "gray"), (220, 20, 20, "red"),
    (240, 140, 20, "orange"), (110, 70, 30, "brown"), (240, 225, 30, "yellow"),
    (40, 170, 40, "green"), (20, 150, 150, "teal"), (30, 60, 200, "blue"),
    (120, 40, 170, "purple"), (250, 150, 190, "pink"),
  ])
  func `colours have the names that people give them`(
    red: UInt8, green: UInt8, blue: UInt8, name: String
  ) {
    #expect(ColorName(red: red, green: green, blue: blue).rawValue == name)
  }

  @Test func `the dominant colours are those of most pixels`() {
    func picture(redRows: Int) -> RGBImage {
      RGBImage(
        width: 48, height: 48,
        pixels: (0..<48 * 48).flatMap { $0 / 48 < redRows ? [220, 20, 20] : [30, 60, 200] })
    }
    #expect(ColorName.dominant(in: picture(redRows: 30)) == [.red, .blue])
    #expect(ColorName.dominant(in: picture(redRows: 44)) == [.red])
    #expect(ColorName.dominant(in: picture(redRows: 0)) == [.blue])
  }
}
