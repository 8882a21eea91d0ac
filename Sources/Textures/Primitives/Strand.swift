/// A thread, crack or stroke: a chain of straight pieces with a width.
struct Strand {
  /// The points, in units of the image's side from its middle.
  var points: [SIMD2<Float>]
  /// Half the width at the start.
  var startRadius: Float
  /// Half the width at the end.
  var endRadius: Float

  /// A smooth curve through points: Catmull–Rom with `pieces` straight pieces between two of them.
  static func spline(
    through knots: [SIMD2<Float>], pieces: Int, radius: Float, endRadius: Float? = nil
  ) -> Strand {
    var points: [SIMD2<Float>] = []
    for index in 0..<knots.count - 1 {
      let (a, b) = (knots[max(index - 1, 0)], knots[index])
      let (c, d) = (knots[index + 1], knots[min(index + 2, knots.count - 1)])
      for piece in 0..<pieces {
        let t = Float(piece) / Float(pieces)
        let linear = (c - a) * t
        let quadratic = (2 * a - 5 * b + 4 * c - d) * (t * t)
        let cubic = (3 * b - a - 3 * c + d) * (t * t * t)
        points.append(0.5 * (2 * b + linear + quadratic + cubic))
      }
    }
    points.append(knots[knots.count - 1])
    return Strand(points: points, startRadius: radius, endRadius: endRadius ?? radius)
  }

  /// A walk of `steps` steps from a point, whose direction drifts.
  ///
  /// `angle` is the first direction, and `bend` the most that a step's direction differs from the one
  /// before, in turns.
  static func walk(
    from start: SIMD2<Float>, angle: Float, steps: Int, stepLength: Float, bend: Float,
    radius: Float, endRadius: Float? = nil, _ random: inout TextureRandom
  ) -> Strand {
    var (point, angle) = (start, angle)
    var points = [start]
    for _ in 0..<steps {
      angle += random.number(-bend...bend)
      point += stepLength * SIMD2(cosine(angle), sine(angle))
      points.append(point)
    }
    return Strand(points: points, startRadius: radius, endRadius: endRadius ?? radius)
  }

  /// Calls `body` for every pixel near the strand, piece after piece.
  ///
  /// Pixels up to `margin` beyond the strand's radius are visited. `body` gets the pixel's index, its signed
  /// distance from the axis, the radius there, and how far along the strand it is, from 0 to 1.
  @inline(__always)
  func forEachPixel(
    size: Int, margin: Float,
    _ body: (_ index: Int, _ across: Float, _ radius: Float, _ along: Float) -> Void
  ) {
    let pieces = Float(points.count - 1)
    for index in 0..<points.count - 1 {
      let (a, b) = (points[index], points[index + 1])
      let middle = (a + b) / 2
      let axis = b - a
      let square = (axis * axis).sum()
      let widest = max(startRadius, endRadius) + margin
      let half = square.squareRoot() / 2
      let near = SIMD2(abs(axis.x), abs(axis.y)) / 2 + widest
      guard abs(middle.x) - near.x < 0.5, abs(middle.y) - near.y < 0.5, half > 0 else { continue }
      Field.forEachPixel(size: size, near: middle.x, middle.y, reachX: near.x, reachY: near.y) {
        pixel, dx, dy in
        let place = (dx * axis.x + dy * axis.y) / square + 0.5
        // Behind its start a piece fills only the gap on the outside of a bend: what lies beside the
        // piece before has been visited. Beyond its end the next one goes on.
        if place > 1, index + 2 < points.count { return }
        if place < 0, index > 0 {
          let before = a - points[index - 1]
          let fromStart = SIMD2(dx, dy) + axis / 2
          if (fromStart * before).sum() < 0 { return }
        }
        let t = saturated(place)
        let offset = SIMD2(dx, dy) + axis * (0.5 - t)
        let distance = length(offset.x, offset.y)
        let along = (Float(index) + t) / pieces
        let radius = mix(startRadius, endRadius, along)
        guard distance < radius + margin else { return }
        let side = axis.x * offset.y - axis.y * offset.x
        body(pixel, side < 0 ? -distance : distance, radius, along)
      }
    }
  }
}

extension Field {
  /// Raises the field to how much of each pixel the strand covers.
  mutating func draw(_ strand: Strand, strength: Float = 1, softness: Float = 0) {
    let pixel = 1 / Float(size)
    let edge = pixel + softness
    strand.forEachPixel(size: size, margin: edge) { index, across, radius, _ in
      // A strand thinner than a pixel is drawn a pixel wide and fainter.
      let thin = min(1, 2 * radius / pixel)
      let covered = strength * thin * coverage(max(radius, pixel / 2) - abs(across), pixel: edge)
      values[index] = max(values[index], covered)
    }
  }
}

extension Painting {
  /// Paints a round thread over the picture: brightest on its axis, dark at its sides.
  mutating func draw(_ strand: Strand, color: Color, roundness: Float = 0.5) {
    let pixel = 1 / Float(size)
    strand.forEachPixel(size: size, margin: pixel) { index, across, radius, _ in
      let thin = min(1, 2 * radius / pixel)
      let covered = thin * coverage(max(radius, pixel / 2) - abs(across), pixel: pixel)
      let position = min(1, abs(across) / radius)
      // Too thin to show a side, it is all of one brightness.
      let shown = roundness * min(1, radius / pixel)
      let shaded = color * (1 - shown * position * position)
      colors[index] = colors[index].mixed(with: shaded, covered)
    }
  }
}
