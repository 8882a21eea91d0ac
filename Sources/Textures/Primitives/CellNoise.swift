/// Worley's cellular noise: a feature point in every cell of the square lattice, and the nearest two.
///
/// Method: Worley 1996, doi:10.1145/237170.237267, over the 3 × 3 cells about a point. With jitter 0
/// the points are the cells' middles; with jitter 1 they are anywhere in their cells, and the second
/// distance is rarely (where a point lies beyond the nine cells) too large.
struct CellNoise {
  private static let period = 32
  private static let mask = period - 1
  private let points: [SIMD2<Float>]  // within their cells
  private let labels: [Float]

  /// The nearest two feature points of a place.
  struct Neighborhood {
    /// The distance to the nearest feature point.
    let first: Float
    /// The distance to the second nearest.
    let second: Float
    /// The offset from the nearest feature point to the place.
    let offset: SIMD2<Float>
    /// The offset from the second nearest.
    let secondOffset: SIMD2<Float>
    /// A number of the nearest point, from 0 to 1, the same all over its cell.
    let label: Float

    /// The distance to the border between the two points' cells.
    @inline(__always)
    var borderDistance: Float {
      let between = offset - secondOffset
      let middle = offset + secondOffset
      let span = (between * between).sum().squareRoot()
      return span > 0 ? abs((between * middle).sum()) / (2 * span) : 0
    }
  }

  /// Feature points of the next random numbers.
  init(_ random: inout TextureRandom, jitter: Float = 1) {
    let count = Self.period * Self.period
    let numbers = random.numbers(count: 3 * count)
    points = (0..<count).map {
      0.5 + jitter * (SIMD2(numbers[3 * $0], numbers[3 * $0 + 1]) - 0.5)
    }
    labels = (0..<count).map { numbers[3 * $0 + 2] }
  }

  /// The feature point of a cell.
  func point(column: Int, row: Int) -> SIMD2<Float> {
    SIMD2(Float(column), Float(row)) + points[(row & Self.mask) << 5 | (column & Self.mask)]
  }

  /// The number of a cell, from 0 to 1.
  @inline(__always)
  func label(column: Int, row: Int) -> Float {
    labels[(row & Self.mask) << 5 | (column & Self.mask)]
  }

  /// The two feature points nearest to (x, y).
  @inline(__always)
  func nearest(_ x: Float, _ y: Float) -> Neighborhood {
    let (column, row) = (wholePart(x), wholePart(y))
    let (dx, dy) = (x - Float(column), y - Float(row))
    var (first, second) = (Float.infinity, Float.infinity)
    var (firstX, firstY, secondX, secondY) = (Float(0), Float(0), Float(0), Float(0))
    var nearest = 0
    for down in -1...1 {
      let line = ((row + down) & Self.mask) << 5
      for right in -1...1 {
        let slot = line | ((column + right) & Self.mask)
        let offsetX = dx - Float(right) - points[slot].x
        let offsetY = dy - Float(down) - points[slot].y
        let square = offsetX * offsetX + offsetY * offsetY
        if square < first {
          (second, secondX, secondY) = (first, firstX, firstY)
          (first, firstX, firstY, nearest) = (square, offsetX, offsetY, slot)
        } else if square < second {
          (second, secondX, secondY) = (square, offsetX, offsetY)
        }
      }
    }
    return Neighborhood(
      first: first.squareRoot(), second: second.squareRoot(), offset: SIMD2(firstX, firstY),
      secondOffset: SIMD2(secondX, secondY), label: labels[nearest])
  }
}
