/// What is drawn of a symbol.
struct SymbolGlyphs: Sendable {
  /// Its areas, drawn first; nil for a symbol without any.
  let fill: GlyphBitmap?
  /// Its strokes, drawn over them.
  let line: GlyphBitmap
  /// The size of the strokes' box in pixels.
  let width: Int
  let height: Int
}
