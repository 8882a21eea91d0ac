/// Why a sign cannot be drawn.
package enum SignRenderingError: Error, CustomStringConvertible, Equatable {
  /// A box that ends before its symbols begin: its width and height.
  case emptyBox(width: Int, height: Int)
  /// Larger than the canvas.
  case tooLarge(width: Int, height: Int, canvas: Int)
  /// More pixels than an image may have.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// A symbol that the fonts do not have.
  case missingGlyph(SignSymbol)

  package var description: String {
    switch self {
    case .emptyBox(let width, let height):
      return
        "the box is \(width) × \(height): its corner lies before its first symbol; mend the corner, or draw the box "
        + "of the symbols with --no-trust-box"
    case .tooLarge(let width, let height, let canvas):
      return "\(width) × \(height) pixels are larger than the canvas of \(canvas) × \(canvas)"
    case .tooManyPixels(let width, let height, let limit):
      return "\(width) × \(height) pixels are more than the limit of \(limit) (--max-pixels)"
    case .missingGlyph(let symbol):
      return "the fonts have no symbol \(symbol.key); it is none of the ISWA 2010"
    }
  }
}
