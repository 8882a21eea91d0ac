/// A number at every pixel of a square image, row after row from the top.
struct Field {
  /// The image's side in pixels.
  let size: Int
  /// The numbers, [size, size].
  var values: [Float]

  /// The same number everywhere.
  init(size: Int, repeating value: Float) {
    self.size = size
    values = Array(repeating: value, count: size * size)
  }

  /// Numbers in the order of pixels.
  init(size: Int, values: [Float]) {
    precondition(values.count == size * size)
    self.size = size
    self.values = values
  }

  /// The field of a function of this one's numbers.
  func map(_ transform: (Float) -> Float) -> Field {
    Field(size: size, values: values.map(transform))
  }

  /// The field of a function of the numbers of two.
  func combined(with other: Field, _ combine: (Float, Float) -> Float) -> Field {
    var result = self
    for index in result.values.indices {
      result.values[index] = combine(values[index], other.values[index])
    }
    return result
  }

  static func + (a: Field, b: Field) -> Field { a.combined(with: b) { $0 + $1 } }
  static func * (a: Field, b: Field) -> Field { a.combined(with: b) { $0 * $1 } }
  static func * (a: Field, factor: Float) -> Field { a.map { $0 * factor } }

  /// Calls `body` for every pixel in a rectangle about (x, y), in units of the image's side.
  ///
  /// `reachX` and `reachY` are half its sides; `body` gets the pixel's index and its centre's offset from
  /// (x, y).
  @inline(__always)
  static func forEachPixel(
    size: Int, near x: Float, _ y: Float, reachX: Float, reachY: Float,
    _ body: (_ index: Int, _ dx: Float, _ dy: Float) -> Void
  ) {
    let scale = Float(size)
    let columns = range(x, reachX, scale, size)
    let rows = range(y, reachY, scale, size)
    for row in rows {
      let dy = (Float(row) + 0.5) / scale - 0.5 - y
      for column in columns {
        body(row * size + column, (Float(column) + 0.5) / scale - 0.5 - x, dy)
      }
    }
  }

  @inline(__always)
  private static func range(
    _ center: Float, _ reach: Float, _ scale: Float, _ size: Int
  ) -> Range<Int> {
    let low = max(0, wholePart((center - reach + 0.5) * scale))
    let high = min(size, wholePart((center + reach + 0.5) * scale) + 1)
    return low..<max(low, high)
  }
}
