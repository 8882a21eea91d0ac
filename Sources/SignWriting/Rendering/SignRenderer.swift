import Files
package import Foundation
package import Images

/// Draws signs as the Python package `signwriting` 0.1.19 does.
///
/// Of every symbol first its areas, then its strokes, the box's upper left at the least coordinates of the symbols.
/// Each glyph is painted as Pillow's `ImageDraw.text` paints on an image with opacity: every channel of a pixel,
/// opacity included, goes from what it was to the ink by the glyph's coverage m, `out·(1 − m) + ink·m`, rounded to
/// the nearest of 255; a pixel that was wholly transparent gets the ink's colour at once.
package struct SignRenderer: Sendable {
  private let fonts: SignFonts
  private let settings: RenderingSettings

  /// Rows between two signs of a column.
  private static let gap = 20

  /// Opens the fonts for a way to draw.
  ///
  /// - Parameters:
  ///   - folder: The folder of the fonts.
  ///   - settings: How to draw, validated.
  /// - Throws: `FileError`, as `SignFonts` does.
  package init(fonts folder: String, settings: RenderingSettings) throws {
    fonts = try SignFonts(
      folder: folder, scale: settings.scale, isAntialiased: settings.isAntialiased)
    self.settings = settings
  }

  /// The settings and what draws, as a file says them.
  var record: [String: String] {
    get throws {
      var record = settings.record
      record["line_font_sha256"] = "\(try Digest(ofFile: fonts.linePath))"
      record["fill_font_sha256"] = "\(try Digest(ofFile: fonts.fillPath))"
      record["freetype"] = fonts.version
      return record
    }
  }

  /// Draws a column as a PNG file with the FSW in it.
  ///
  /// - Throws: `SignRenderingError`, `FileError`.
  package func png(of column: SignColumn) throws -> Data {
    let text = PNGText(keyword: "FSW", text: column.fsw)
    guard settings.canvas != nil else {
      return try image(of: column.signs).flatPNGData(text: text)
    }
    return try canvas(of: column.signs).flatPNGData(text: text)
  }

  /// Draws signs below one another on the white canvas, centred: an odd pixel that is left over is to the right and
  /// below.
  ///
  /// - Returns: An image of the canvas's size; nothing of the sign that a shift moves beyond its edge.
  /// - Throws: `SignRenderingError.tooLarge`, and what `image(of:)` throws.
  package func canvas(of signs: [Sign]) throws -> RGBImage {
    guard let side = settings.canvas else { preconditionFailure("there is no canvas") }
    let image = try image(of: signs, within: side)
    return image.pasted(
      onto: RGBImage(width: side, height: side, gray: 255),
      x: (side - image.width) / 2 + settings.shift.x,
      y: (side - image.height) / 2 + settings.shift.y)
  }

  /// Draws signs below one another, in the lanes that they say: left, right, or in the middle.
  ///
  /// - Returns: As large as the signs with 20 rows between two, transparent; one pixel for a sign without symbols.
  /// - Throws: `SignRenderingError`; `FileError` when FreeType cannot draw a symbol.
  /// - Complexity: O(pixels of the image and of the symbols).
  package func image(of signs: [Sign]) throws -> RGBAImage { try image(of: signs, within: nil) }

  /// A sign and what is known of it before it is drawn.
  private struct Planned {
    let sign: Sign
    let glyphs: [SymbolGlyphs]
    let origin: Sign.Point
    let width: Int
    let height: Int
  }

  private func image(of signs: [Sign], within canvas: Int?) throws -> RGBAImage {
    let planned = try signs.map(plan)
    let gap = scaled(Self.gap)
    let width = planned.map(\.width).max() ?? 1
    let height = max(1, planned.map(\.height).reduce(gap * (planned.count - 1), +))
    if let canvas, max(width, height) > canvas {
      throw SignRenderingError.tooLarge(width: width, height: height, canvas: canvas)
    }
    guard width <= RGBImage.pixelLimit / height else {
      throw SignRenderingError.tooManyPixels(
        width: width, height: height, limit: RGBImage.pixelLimit)
    }
    var pixels = [UInt8](repeating: 255, count: 4 * width * height)
    for alpha in stride(from: 3, to: pixels.count, by: 4) { pixels[alpha] = 0 }
    var top = 0
    for sign in planned {
      let left =
        switch sign.sign.lane {
        case .left: 0
        case .right: width - sign.width
        case .middle, .box: (width - sign.width) / 2
        }
      draw(sign, left: left, top: top, stride: width, on: &pixels)
      top += sign.height + gap
    }
    return RGBAImage(width: width, height: height, pixels: pixels)
  }

  private func plan(_ sign: Sign) throws -> Planned {
    guard let first = sign.symbols.first else {
      return Planned(sign: sign, glyphs: [], origin: sign.corner, width: 1, height: 1)
    }
    let glyphs = try fonts.glyphs(of: sign.symbols)
    let origin = sign.symbols.reduce(into: first.place) { least, symbol in
      least.x = min(least.x, symbol.place.x)
      least.y = min(least.y, symbol.place.y)
    }
    var width = scaled(sign.corner.x - origin.x)
    var height = scaled(sign.corner.y - origin.y)
    if !settings.trustsBox {
      (width, height) = (0, 0)
      for (placed, glyph) in zip(sign.symbols, glyphs) {
        width = max(width, scaled(placed.place.x - origin.x) + glyph.width)
        height = max(height, scaled(placed.place.y - origin.y) + glyph.height)
      }
    }
    guard width > 0, height > 0 else {
      throw SignRenderingError.emptyBox(width: width, height: height)
    }
    return Planned(sign: sign, glyphs: glyphs, origin: origin, width: width, height: height)
  }

  private func scaled(_ length: Int) -> Int {
    settings.scale == 1 ? length : Int((Double(length) * settings.scale).rounded())
  }

  private func draw(
    _ planned: Planned, left: Int, top: Int, stride: Int, on pixels: inout [UInt8]
  ) {
    for (placed, glyphs) in zip(planned.sign.symbols, planned.glyphs) {
      let x = scaled(placed.place.x - planned.origin.x)
      let y = scaled(placed.place.y - planned.origin.y)
      for (glyph, ink) in [(glyphs.fill, settings.fill), (glyphs.line, settings.line)] {
        guard let glyph else { continue }
        // Nothing is drawn outside the sign's own box.
        let shown = glyph.clipped(
          left: -x, top: -y, width: planned.width, height: planned.height)
        paint(
          shown, with: ink, from: 4 * ((top + y + shown.y) * stride + left + x + shown.x),
          stride: 4 * stride, on: &pixels)
      }
    }
  }

  private func paint(
    _ glyph: GlyphBitmap, with ink: RGBColor, from start: Int, stride: Int,
    on pixels: inout [UInt8]
  ) {
    for row in 0..<glyph.height {
      for column in 0..<glyph.width {
        let share = glyph.coverage[row * glyph.width + column]
        if share == 0 { continue }
        let pixel = start + row * stride + 4 * column
        let color = pixels[pixel + 3] == 0 ? 255 : share
        pixels[pixel] = RGBAImage.blended(ink.red, over: pixels[pixel], by: color)
        pixels[pixel + 1] = RGBAImage.blended(ink.green, over: pixels[pixel + 1], by: color)
        pixels[pixel + 2] = RGBAImage.blended(ink.blue, over: pixels[pixel + 2], by: color)
        pixels[pixel + 3] = RGBAImage.blended(255, over: pixels[pixel + 3], by: share)
      }
    }
  }
}
