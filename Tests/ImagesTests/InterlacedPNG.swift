/// The seven passes of an interlaced PNG file (PNG specification, 8.2).
enum InterlacedPNG {
  private static let passes: [(x: Int, y: Int, dx: Int, dy: Int)] = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
  ]

  /// The image with its rows spread over the passes.
  ///
  /// - Parameters:
  ///   - png: An image that is not interlaced.
  ///   - bits: The bits of a pixel.
  /// - Returns: The same image, interlaced.
  static func interlaced(_ png: HandmadePNG, bits: Int) -> HandmadePNG {
    var result = png
    result.isInterlaced = true
    result.scanlines = passes.flatMap { pass -> [[UInt8]] in
      let columns = Array(stride(from: pass.x, to: Int(png.width), by: pass.dx))
      guard !columns.isEmpty else { return [] }
      return stride(from: pass.y, to: Int(png.height), by: pass.dy).map { y in
        packed(columns.flatMap { pixel(png.scanlines[y], $0, bits) })
      }
    }
    return result
  }

  /// The bits of a pixel, the highest first.
  private static func pixel(_ row: [UInt8], _ x: Int, _ bits: Int) -> [UInt8] {
    (x * bits..<(x + 1) * bits).map { row[$0 / 8] >> (7 - $0 % 8) & 1 }
  }

  private static func packed(_ bits: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(0) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 0) }
    }
  }
}
