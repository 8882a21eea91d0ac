import Foundation
import Images
import Testing

@testable import Explorer

struct SpriteSheetTests {
  private let layout = SpriteLayout(tile: 8, columns: 2, rows: 2)

  @Test func `rows are on the sheet that their number says`() {
    #expect(layout.rows(onSheet: 0, of: 5) == 0..<4)
    #expect(layout.rows(onSheet: 1, of: 5) == 4..<5)
    #expect(layout.rows(onSheet: 2, of: 5) == nil && layout.rows(onSheet: 1, of: 4) == nil)
    #expect(layout.rows(onSheet: -1, of: 5) == nil && layout.rows(onSheet: .max, of: 5) == nil)
    #expect(layout.rows(onSheet: 0, of: 0) == nil)
  }

  @Test func `a picture is in the middle of its tile, and none is grey`() throws {
    let white = try RGBImage(width: 16, height: 8, gray: 255).jpegData(quality: 95)
    let data = try layout.sheet(4..<7) { $0 == 5 ? white : nil }
    let sheet = try RGBImage(decoding: data, file: "sheet")
    #expect((sheet.width, sheet.height) == (16, 16))
    func gray(_ x: Int, _ y: Int) -> Int { Int(sheet.pixels[3 * (y * sheet.width + x)]) }
    // Row 5 is the second tile: 8 × 4 white in the middle of its eight lines.
    #expect(gray(12, 4) > 200 && abs(gray(2, 2) - 128) < 40)
    #expect(gray(12, 0) < 200 && abs(gray(4, 12) - 128) < 20)
  }
}
