import Foundation

/// A TrueType font of rectangles, written table by table: at 30 pixels its unit is a hundredth of a pixel.
///
/// OpenType 1.9: head, hhea, maxp, hmtx, loca, glyf and a cmap of format 12.
struct HandmadeFont {
  /// A rectangle in pixels, y down from the ascender's line.
  struct Rectangle {
    let x: Double
    let y: Double
    let width: Double
    let height: Double
  }

  /// The rectangles of a character, which must not overlap.
  struct Glyph {
    let codePoint: UInt32
    let rectangles: [Rectangle]
    /// In pixels.
    var advance = 0.0
  }

  static let ascender = 24

  var glyphs: [Glyph]

  /// The bytes of the file.
  var data: Data {
    let glyphs = glyphs.sorted { $0.codePoint < $1.codePoint }
    var outlines = Bytes()
    var places = Bytes()
    var metrics = Bytes()
    // Glyph 0, which stands for every character that is not there, is empty.
    places.append32(0)
    places.append32(0)
    metrics.append16(0)
    metrics.append16(0)
    for glyph in glyphs {
      outlines.append(Self.outline(of: glyph))
      places.append32(outlines.bytes.count)
      metrics.append16(Self.units(glyph.advance))
      metrics.append16(glyph.rectangles.map { Self.units($0.x) }.min() ?? 0)
    }
    var map = Bytes()
    for value in [0, 1, 3, 10] { map.append16(value) }
    map.append32(12)
    map.append16(12)
    map.append16(0)
    for value in [16 + 12 * glyphs.count, 0, glyphs.count] { map.append32(value) }
    for (index, glyph) in glyphs.enumerated() {
      for value in [Int(glyph.codePoint), Int(glyph.codePoint), index + 1] { map.append32(value) }
    }
    return Self.file([
      ("cmap", map), ("glyf", outlines), ("head", Self.head), ("hhea", hhea), ("hmtx", metrics),
      ("loca", places), ("maxp", maxp),
    ])
  }

  private static func units(_ pixels: Double) -> Int { Int((pixels * 100).rounded()) }

  private static func outline(of glyph: Glyph) -> Bytes {
    let top = units(Double(ascender))
    let corners = glyph.rectangles.map { rectangle in
      (
        left: units(rectangle.x), right: units(rectangle.x + rectangle.width),
        bottom: top - units(rectangle.y + rectangle.height), top: top - units(rectangle.y)
      )
    }
    var outline = Bytes()
    guard !corners.isEmpty else { return outline }
    outline.append16(corners.count)
    outline.append16(corners.map(\.left).min() ?? 0)
    outline.append16(corners.map(\.bottom).min() ?? 0)
    outline.append16(corners.map(\.right).max() ?? 0)
    outline.append16(corners.map(\.top).max() ?? 0)
    for index in corners.indices { outline.append16(4 * index + 3) }
    outline.append16(0)
    // Clockwise; every point is on the curve, its coordinates two bytes.
    let points = corners.flatMap {
      [($0.left, $0.bottom), ($0.left, $0.top), ($0.right, $0.top), ($0.right, $0.bottom)]
    }
    for _ in points { outline.bytes.append(1) }
    for (previous, point) in zip([(0, 0)] + points, points) {
      outline.append16(point.0 - previous.0)
    }
    for (previous, point) in zip([(0, 0)] + points, points) {
      outline.append16(point.1 - previous.1)
    }
    while outline.bytes.count % 4 != 0 { outline.bytes.append(0) }
    return outline
  }

  private static var head: Bytes {
    var head = Bytes()
    head.append32(0x10000)
    head.append32(0x10000)
    head.append32(0)
    head.append32(0x5F0F_3CF5)
    head.append16(0)
    head.append16(3000)  // units an em: 30 pixels
    for _ in 0..<4 { head.append32(0) }
    for value in [0, -600, 3000, 2400, 0, 8, 2, 1, 0] { head.append16(value) }
    return head
  }

  private var hhea: Bytes {
    var hhea = Bytes()
    hhea.append32(0x10000)
    for value in [100 * Self.ascender, -600, 0, 3000] { hhea.append16(value) }
    for _ in 0..<11 { hhea.append16(0) }
    hhea.append16(glyphs.count + 1)
    // caretSlopeRise and what follows are 0.
    return hhea
  }

  private var maxp: Bytes {
    var maxp = Bytes()
    maxp.append32(0x10000)
    // A font in which a glyph may have instructions is not hinted by FreeType itself.
    for value in [glyphs.count + 1, 64, 16, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0] {
      maxp.append16(value)
    }
    return maxp
  }

  private static func file(_ tables: [(name: String, contents: Bytes)]) -> Data {
    var header = Bytes()
    header.append32(0x10000)
    for value in [tables.count, 64, 2, 16 * tables.count - 64] { header.append16(value) }
    var body = Bytes()
    for (name, contents) in tables {
      header.bytes += name.utf8
      header.append32(0)
      header.append32(12 + 16 * tables.count + body.bytes.count)
      header.append32(contents.bytes.count)
      body.append(contents)
      while body.bytes.count % 4 != 0 { body.bytes.append(0) }
    }
    header.append(body)
    return Data(header.bytes)
  }

  /// Big-endian numbers one after another.
  private struct Bytes {
    var bytes: [UInt8] = []

    mutating func append16(_ value: Int) {
      bytes += [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    mutating func append32(_ value: Int) {
      append16(value >> 16)
      append16(value)
    }

    mutating func append(_ other: Bytes) { bytes += other.bytes }
  }
}
