import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Pages

struct SpriteSheetsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file of one colour.
  private func write(_ row: Int, width: Int, height: Int, _ color: [UInt8]) throws {
    let image = RGBImage(
      width: width, height: height,
      pixels: Array(repeatElement(color, count: width * height).joined()))
    _ = try folder.write(image.jpegData(quality: 95), String(format: "%05d.jpg", row))
  }

  @Test func `every thumbnail is in its tile`() throws {
    // The last of a row, the first of the next, and the first of the second sheet.
    let places: [Int: [UInt8]] = [
      0: [250, 10, 10], 31: [10, 250, 10], 32: [10, 10, 250], 1_024: [240, 240, 10],
    ]
    for (row, color) in places { try write(row, width: 48, height: 32, color) }
    let sheets = try #require(try SpriteSheets(folder: folder.path, count: 1_030))
    #expect(sheets.sheets.count == 2 && sheets.sizes.count == 2 * 1_030)
    let images = try sheets.sheets.map { try RGBImage(decoding: $0, file: "sheet") }
    #expect(images.map(\.width) == [1_536, 1_536] && images.map(\.height) == [1_536, 48])
    for (row, color) in places {
      #expect(sheets.sizes[2 * row] == 48 && sheets.sizes[2 * row + 1] == 32)
      let image = images[row / 1_024]
      let (x, y) = (row % 32 * 48 + 24, row % 1_024 / 32 * 48 + 16)
      for channel in 0..<3 {
        let value = Int(image.pixels[(y * image.width + x) * 3 + channel])
        #expect(abs(value - Int(color[channel])) < 24, "row \(row)")
      }
    }
    #expect(sheets.sizes[2] == 0)
  }

  @Test func `what is too large for a tile is shrunk`() throws {
    try write(0, width: 96, height: 20, [9, 9, 9])
    let sheets = try #require(try SpriteSheets(folder: folder.path, count: 1))
    #expect(sheets.sizes == [48, 10])
  }

  @Test func `a sheet is an element that the script finds by its number`() throws {
    try write(1_024, width: 8, height: 8, [9, 9, 9])
    let sheets = try #require(try SpriteSheets(folder: folder.path, count: 1_025))
    let data = sheets.sheets.map { $0.base64EncodedString() }
    #expect(
      sheets.html.markup == "<script type=\"text/plain\" id=\"sheet-0\">\(data[0])</script>\n"
        + "<script type=\"text/plain\" id=\"sheet-1\">\(data[1])</script>\n")
  }

  @Test func `no thumbnails give no sheets`() throws {
    #expect(try SpriteSheets(folder: folder.path + "/none", count: 5) == nil)
    try write(7, width: 8, height: 8, [0, 0, 0])
    #expect(try SpriteSheets(folder: folder.path, count: 5) == nil)
  }

  @Test func `a damaged thumbnail is named`() throws {
    _ = try folder.write("no image", "00001.jpg")
    let error = #expect(throws: FileError.self) {
      _ = try SpriteSheets(folder: folder.path, count: 2)
    }
    #expect(error?.file.hasSuffix("00001.jpg") == true)
  }
}
