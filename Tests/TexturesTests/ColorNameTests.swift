import Images
import Testing

@testable import Textures

struct ColorNameTests {
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
