import Fixtures
import Foundation

@testable import SignWriting

/// A folder of two fonts of a few symbols that are rectangles.
///
/// S10000: strokes 6 × 6 at its place, areas 2 × 2 inside at (2, 2). S10001: strokes 4 × 4, no areas. S10002: strokes
/// of half a pixel's width, 10 rows high. S10003: strokes 3 × 2 with an advance of 9. S10004: strokes 4 × 4, begun
/// two pixels left of its place and one above.
struct HandmadeSignFonts {
  let folder: TemporaryFolder

  var path: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    typealias Rectangle = HandmadeFont.Rectangle
    let lines: [(Int, Rectangle, Double)] = [
      (1, Rectangle(x: 0, y: 0, width: 6, height: 6), 6),
      (2, Rectangle(x: 0, y: 0, width: 4, height: 4), 4),
      (3, Rectangle(x: 0, y: 0, width: 0.5, height: 10), 0),
      (4, Rectangle(x: 0, y: 0, width: 3, height: 2), 9),
      (5, Rectangle(x: -2, y: -1, width: 4, height: 4), 2),
    ]
    let line = HandmadeFont(
      glyphs: lines.map { number, rectangle, advance in
        .init(codePoint: 0xF0000 + UInt32(number), rectangles: [rectangle], advance: advance)
      })
    let fill = HandmadeFont(glyphs: [
      .init(
        codePoint: 0x100001, rectangles: [Rectangle(x: 2, y: 2, width: 2, height: 2)], advance: 6)
    ])
    _ = try folder.write(line.data, "SuttonSignWritingLine.ttf")
    _ = try folder.write(fill.data, "SuttonSignWritingFill.ttf")
  }

  func renderer(
    _ change: (inout RenderingSettings) -> Void = { _ in }
  ) throws -> SignRenderer {
    var settings = RenderingSettings()
    change(&settings)
    return try SignRenderer(fonts: path, settings: settings)
  }
}
