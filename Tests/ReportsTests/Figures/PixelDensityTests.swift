import Foundation
import Images
import Testing

@testable import Reports

struct PixelDensityTests {
  /// The pixels a metre that a PNG file states, both ways alike; nil where it states none.
  static func perMetre(_ png: Data) -> Int? {
    guard let place = png.range(of: Data("pHYs".utf8))?.upperBound else { return nil }
    let bytes = [UInt8](png[place..<place + 9])
    func number(_ part: ArraySlice<UInt8>) -> Int { part.reduce(0) { $0 << 8 | Int($1) } }
    guard number(bytes[0..<4]) == number(bytes[4..<8]), bytes[8] == 1 else { return nil }
    return number(bytes[0..<4])
  }

  private var image: RGBImage {
    RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
  }

  @Test func `300 pixels an inch are 11,811 a metre, and the pixels stay`() throws {
    let dense = PixelDensity.written(into: try image.pngData(), pixelsPerInch: 300)
    #expect(Self.perMetre(dense) == 11_811)
    #expect(try RGBImage(decoding: dense, file: "dense.png") == image)
    // The chunk as Pillow 13.0 writes it for dpi=(300, 300), with its CRC.
    let chunk =
      Data([0, 0, 0, 9]) + Data("pHYs".utf8)
      + Data([0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1, 0x78, 0xA5, 0x3F, 0x76])
    #expect(dense.range(of: chunk) != nil)
  }

  @Test func `an earlier density goes`() throws {
    let once = PixelDensity.written(into: try image.pngData(), pixelsPerInch: 72)
    let twice = PixelDensity.written(into: once, pixelsPerInch: 300)
    #expect(Self.perMetre(twice) == 11_811)
    #expect(twice == PixelDensity.written(into: try image.pngData(), pixelsPerInch: 300))
  }

  @Test func `what is no PNG file stays what it is`() {
    let other = Data("GIF89a".utf8)
    #expect(PixelDensity.written(into: other, pixelsPerInch: 300) == other)
  }
}
