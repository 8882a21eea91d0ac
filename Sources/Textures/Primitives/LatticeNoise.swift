/// Smooth random functions of the plane made of random numbers at whole-numbered points.
///
/// Value noise interpolates random heights, gradient noise (Perlin 1985, doi:10.1145/325165.325247)
/// random slopes; both with Perlin's quintic (2002, doi:10.1145/566654.566636), which has no creases
/// at cell borders. The numbers repeat after 64 cells, and a fractal sum shifts every octave.
struct LatticeNoise {
  private static let period = 64
  private static let mask = period - 1
  private let heights: [Float]
  private let slopes: [SIMD2<Float>]

  /// Noise of the next random numbers.
  init(_ random: inout TextureRandom) {
    heights = random.numbers(count: Self.period * Self.period).map { 2 * $0 - 1 }
    slopes = heights.map { SIMD2(cosine($0 / 2), sine($0 / 2)) }
  }

  @inline(__always)
  private static func slot(_ column: Int, _ row: Int) -> Int {
    (row & mask) << 6 | (column & mask)
  }

  @inline(__always)
  private static func ease(_ t: Float) -> Float { t * t * t * (t * (t * 6 - 15) + 10) }

  /// Value noise, from −1 to 1; at whole-numbered points the random height itself.
  @inline(__always)
  func value(_ x: Float, _ y: Float) -> Float {
    let (column, row) = (wholePart(x), wholePart(y))
    let (u, v) = (Self.ease(x - Float(column)), Self.ease(y - Float(row)))
    let top = mix(
      heights[Self.slot(column, row)], heights[Self.slot(column + 1, row)], u)
    let bottom = mix(
      heights[Self.slot(column, row + 1)], heights[Self.slot(column + 1, row + 1)], u)
    return mix(top, bottom, v)
  }

  /// Gradient noise, within −1…1; 0 at whole-numbered points.
  @inline(__always)
  func gradient(_ x: Float, _ y: Float) -> Float {
    let (column, row) = (wholePart(x), wholePart(y))
    let (dx, dy) = (x - Float(column), y - Float(row))
    let (u, v) = (Self.ease(dx), Self.ease(dy))
    let a = slopes[Self.slot(column, row)]
    let b = slopes[Self.slot(column + 1, row)]
    let c = slopes[Self.slot(column, row + 1)]
    let d = slopes[Self.slot(column + 1, row + 1)]
    let top = mix(a.x * dx + a.y * dy, b.x * (dx - 1) + b.y * dy, u)
    let bottom = mix(c.x * dx + c.y * (dy - 1), d.x * (dx - 1) + d.y * (dy - 1), u)
    return mix(top, bottom, v) * 1.41
  }

  /// A sum of gradient noise, each octave twice as fine and `gain` times as high; about −1…1.
  @inline(__always)
  func fractal(_ x: Float, _ y: Float, octaves: Int, gain: Float = 0.5) -> Float {
    var (u, v, height, sum) = (x, y, Float(1), Float(0))
    for _ in 0..<octaves {
      sum += height * gradient(u, v)
      // Shifted, so that octaves do not share the lattice point at the origin.
      (u, v, height) = (u * 2 + 13.37, v * 2 + 7.71, height * gain)
    }
    return sum
  }

  /// A fractal sum of 1 − 2 |noise|: sharp ridges where the noise changes sign; about −1…1.
  @inline(__always)
  func ridged(_ x: Float, _ y: Float, octaves: Int, gain: Float = 0.5) -> Float {
    var (u, v, height, sum, total) = (x, y, Float(1), Float(0), Float(0))
    for _ in 0..<octaves {
      sum += height * (1 - 2.5 * abs(gradient(u, v)))
      total += height
      (u, v, height) = (u * 2 + 13.37, v * 2 + 7.71, height * gain)
    }
    return sum / total
  }
}
