/// How much of each pixel a glyph covers, and where it lies.
struct GlyphBitmap: Sendable, Equatable {
  /// The column of its left edge, from where a symbol is placed.
  var x = 0
  /// The row of its upper edge, from where a symbol is placed.
  var y = 0
  var width = 0
  var height = 0
  /// 0 to 255, [height, width].
  var coverage: [UInt8] = []

  /// The part of it inside a box with its corner at (left, top).
  func clipped(left: Int, top: Int, width: Int, height: Int) -> GlyphBitmap {
    let columns = max(0, left - x)..<max(max(0, left - x), min(self.width, left + width - x))
    let rows = max(0, top - y)..<max(max(0, top - y), min(self.height, top + height - y))
    guard !columns.isEmpty, !rows.isEmpty else { return GlyphBitmap() }
    if columns.count == self.width, rows.count == self.height { return self }
    return GlyphBitmap(
      x: x + columns.lowerBound, y: y + rows.lowerBound, width: columns.count, height: rows.count,
      coverage: rows.flatMap { row in
        coverage[row * self.width + columns.lowerBound..<row * self.width + columns.upperBound]
      })
  }
}
