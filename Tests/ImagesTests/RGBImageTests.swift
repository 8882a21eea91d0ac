import Files
import Foundation
import Testing

@testable import Images

/// Every kind of PNG by hand; JPEG kinds are covered by the parity files.
struct RGBImageTests {
  private func decode(_ png: HandmadePNG) throws -> [UInt8] {
    try RGBImage(decoding: png.data, file: "hand.png").pixels
  }

  private func grey(_ values: [UInt8]) -> [UInt8] { values.flatMap { [$0, $0, $0] } }

  @Test func `grey of 1, 2 and 4 bits spans 0 to 255`() throws {
    let one = HandmadePNG(width: 3, height: 1, depth: 1, colorType: 0, scanlines: [[0b1010_0000]])
    let two = HandmadePNG(width: 4, height: 1, depth: 2, colorType: 0, scanlines: [[0b0001_1011]])
    let four = HandmadePNG(width: 2, height: 1, depth: 4, colorType: 0, scanlines: [[0x0F]])
    #expect(try decode(one) == grey([255, 0, 255]))
    #expect(try decode(two) == grey([0, 85, 170, 255]))
    #expect(try decode(four) == grey([0, 255]))
  }

  @Test func `grey of 16 bits is clipped, with alpha it keeps the high byte`() throws {
    let samples: [UInt8] = [0, 7, 0, 255, 1, 0, 200, 9]
    let plain = HandmadePNG(width: 4, height: 1, depth: 16, colorType: 0, scanlines: [samples])
    let alpha = HandmadePNG(width: 2, height: 1, depth: 16, colorType: 4, scanlines: [samples])
    #expect(try decode(plain) == grey([7, 255, 255, 255]))
    #expect(try decode(alpha) == grey([0, 1]))
  }

  @Test func `colour of 16 bits keeps the high byte and loses its alpha`() throws {
    let rgb = HandmadePNG(
      width: 1, height: 1, depth: 16, colorType: 2, scanlines: [[10, 255, 20, 255, 30, 255]])
    let rgba = HandmadePNG(
      width: 1, height: 1, depth: 16, colorType: 6, scanlines: [[10, 0, 20, 0, 30, 0, 0, 0]])
    #expect(try decode(rgb) == [10, 20, 30])
    #expect(try decode(rgba) == [10, 20, 30])
  }

  @Test func `alpha and transparent colours are dropped, not composited`() throws {
    let rgba = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 6, scanlines: [[1, 2, 3, 0, 4, 5, 6, 128]])
    let rgb = HandmadePNG(
      width: 1, height: 1, depth: 8, colorType: 2, transparency: [0, 1, 0, 2, 0, 3],
      scanlines: [[1, 2, 3]])
    #expect(try decode(rgba) == [1, 2, 3, 4, 5, 6])
    #expect(try decode(rgb) == [1, 2, 3])
  }

  @Test func `transparency on white mixes each pixel with white`() throws {
    func onWhite(_ png: HandmadePNG) throws -> [UInt8] {
      try RGBImage(decoding: png.data, file: "hand.png", transparency: .onWhite).pixels
    }
    let rgba = HandmadePNG(
      width: 3, height: 1, depth: 8, colorType: 6,
      scanlines: [[1, 2, 3, 0, 5, 105, 255, 51, 4, 5, 6, 255]])  // 51 is a fifth
    let greyAlpha = HandmadePNG(
      width: 1, height: 1, depth: 16, colorType: 4, scanlines: [[5, 9, 51, 9]])
    let keyed = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 2, transparency: [0, 1, 0, 2, 0, 3],
      scanlines: [[1, 2, 3, 1, 2, 4]])
    let indexed = HandmadePNG(
      width: 3, height: 1, depth: 8, colorType: 3, palette: [9, 8, 7, 6, 5, 4],
      transparency: [0], scanlines: [[0, 1, 2]])
    #expect(try onWhite(rgba) == [255, 255, 255, 205, 225, 255, 4, 5, 6])
    #expect(try onWhite(greyAlpha) == [205, 205, 205])
    #expect(try onWhite(keyed) == [255, 255, 255, 1, 2, 4])
    #expect(try onWhite(indexed) == [255, 255, 255, 6, 5, 4, 0, 0, 0])
  }

  @Test func `palette indices become colours, and black past the palette`() throws {
    let png = HandmadePNG(
      width: 4, height: 1, depth: 2, colorType: 3, palette: [9, 8, 7, 6, 5, 4],
      transparency: [0, 0], scanlines: [[0b0001_1011]])
    #expect(try decode(png) == [9, 8, 7, 6, 5, 4, 0, 0, 0, 0, 0, 0])
  }

  @Test func `interlaced passes are put in place`() throws {
    // A 2 × 2 image: pass 1 has (0, 0), pass 6 has (1, 0), pass 7 has row 1.
    let png = HandmadePNG(
      width: 2, height: 2, depth: 8, colorType: 0, isInterlaced: true,
      scanlines: [[11], [12], [21, 22]])
    #expect(try decode(png) == grey([11, 12, 21, 22]))
  }

  @Test func `a PNG file returns the same pixels`() throws {
    let image = RGBImage(
      width: 31, height: 7, pixels: (0..<31 * 7 * 3).map { UInt8(truncatingIfNeeded: $0 * 37) })
    #expect(try RGBImage(decoding: image.pngData(), file: "own.png") == image)
  }

  @Test func `a JPEG file returns nearly the same smooth image`() throws {
    let image = RGBImage(
      width: 40, height: 30, pixels: (0..<1200).flatMap { [UInt8($0 % 40 * 5), 100, 50] })
    let decoded = try RGBImage(decoding: image.jpegData(quality: 95), file: "own.jpg")
    #expect(decoded.width == 40 && decoded.height == 30)
    let worst = zip(image.pixels, decoded.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 8)
  }

  /// Sides that are no multiple of the blocks of 16 × 16, and of one pixel.
  @Test(arguments: [(1, 1), (1, 40), (17, 3), (48, 27)])
  func `a JPEG file of any size returns nearly the same image`(width: Int, height: Int) throws {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(2 * x + 30), UInt8(3 * y + 60), UInt8(90 + x + y)] }
    }
    let image = RGBImage(width: width, height: height, pixels: pixels)
    let decoded = try RGBImage(decoding: image.jpegData(quality: 95), file: "own.jpg")
    #expect(decoded.width == width && decoded.height == height)
    let worst = zip(image.pixels, decoded.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 8)
  }

  @Test func `grey stays grey in a JPEG file, and less quality makes a smaller one`() throws {
    let image = RGBImage(
      width: 31, height: 22, pixels: (0..<31 * 22).flatMap { grey([UInt8($0 * 89 % 256)]) })
    let good = try image.jpegData(quality: 95)
    #expect(try image.jpegData(quality: 20).count < good.count)
    let decoded = try RGBImage(decoding: good, file: "own.jpg")
    let channels = stride(from: 0, to: decoded.pixels.count, by: 3).map {
      decoded.pixels[$0..<$0 + 3]
    }
    #expect(channels.allSatisfy { ($0.max() ?? 255) - ($0.min() ?? 0) <= 1 })
    let worst = zip(image.pixels, decoded.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 16)
  }

  @Test func `the noisiest image fits the room that JPEG writing sets aside`() throws {
    let noise = (0..<64 * 64 * 3).map { i -> UInt8 in
      let hash = i * 2_654_435_761  // Knuth's multiplicative hash
      return hash >> 17 & 1 == 0 ? 0 : 255
    }
    let data = try RGBImage(width: 64, height: 64, pixels: noise).jpegData(quality: 100)
    #expect(data.starts(with: [0xFF, 0xD8, 0xFF]))
  }

  @Test func `a side too long for JPEG is refused`() throws {
    let long = RGBImage(width: 65501, height: 1, pixels: Array(repeating: 0, count: 65501 * 3))
    #expect(throws: FileError.self) { try long.jpegData(quality: 75) }
    #expect(try RGBImage(decoding: long.pngData(), file: "long.png").width == 65501)
  }

  @Test func `stray bytes between JPEG segments are harmless`() throws {
    let image = RGBImage(width: 16, height: 16, pixels: Array(repeating: 90, count: 768))
    var data = try image.jpegData(quality: 90)
    data.insert(contentsOf: [1, 2, 3], at: 20)  // behind the APP0 segment of 18 bytes
    #expect(try RGBImage(decoding: data, file: "stray.jpg").pixels == image.pixels)
  }

  @Test(arguments: [
    ("GIF89a......", "GIF"), ("RIFF....WEBPVP8 ", "WebP"), ("BM......", "BMP"),
    ("II*\0....", "TIFF"), ("MM\0*....", "TIFF"), ("....ftypheic", "HEIC"),
    ("....ftypavif", "AVIF"), ("<!DOCTYPE html>", "web page"), ("8BPS....", "Photoshop"),
    ("version https://git-lfs.github.com/spec/v1", "git lfs pull"), ("P6\n1 1\n255\n...", "PPM"),
    ("hello, world", "68 65 6C 6C"),
  ])
  func `another format is refused by name`(content: String, name: String) {
    let error = #expect(throws: FileError.self) {
      try RGBImage(decoding: Data(content.utf8), file: "photos/a.jpg")
    }
    #expect(error?.description.hasPrefix("photos/a.jpg: ") == true)
    #expect(error?.problem.contains(name) == true)
    #expect(error?.problem.contains("convert it to JPEG or PNG") == true)
  }

  @Test func `an empty file has its own message`() {
    #expect(
      throws: FileError(
        "a.png", "the file is empty; expected a JPEG or PNG image")
    ) { try RGBImage(decoding: Data(), file: "a.png") }
  }

  @Test func `an image is drawn at its place, over what was there`() {
    var image = RGBImage(width: 3, height: 2, gray: 9)
    image.draw(RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6]), x: 1, y: 1)
    #expect(image.pixels == Array(repeating: 9, count: 12) + [1, 2, 3, 4, 5, 6])
    image.draw(RGBImage(width: 1, height: 2, gray: 0), x: 2, y: 0)
    #expect(image.pixels == [9, 9, 9, 9, 9, 9, 0, 0, 0, 9, 9, 9, 1, 2, 3, 0, 0, 0])
  }
}
