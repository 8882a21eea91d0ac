import Foundation

/// The membership of a pair of points in the plane as a function of their distance d,
/// 1 / (1 + a · d^(2b)).
struct MembershipCurve: Equatable {
  /// The factor a.
  let scale: Double
  /// The exponent b.
  let exponent: Double

  /// The curve closest to 1 up to the minimum distance and exp(−(d − minimum distance) / spread)
  /// beyond it.
  ///
  /// Method: least squares over the 300 equidistant distances from 0 to 3 · spread that umap-learn
  /// fits, by Levenberg's and Marquardt's damped Gauss–Newton steps (doi:10.1137/0111030) from
  /// a = b = 1, until a step changes neither parameter by more than 1e-12 of it.
  ///
  /// - Parameters:
  ///   - minimumDistance: From 0 to the spread.
  ///   - spread: The scale of the decay, positive.
  init(minimumDistance: Double, spread: Double) {
    let distances = (0..<300).map { 3 * spread * Double($0) / 299 }
    let wanted = distances.map { $0 < minimumDistance ? 1 : exp(-($0 - minimumDistance) / spread) }
    var (a, b) = (1.0, 1.0)
    var damping = 1e-3
    var error = Self.squaredError(a, b, distances, wanted)
    for _ in 0..<500 {
      // Normal equations of the linearised curve.
      var (aa, ab, bb, ra, rb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (d, y) in zip(distances, wanted) where d > 0 {
        let power = pow(d, 2 * b)
        let value = 1 / (1 + a * power)
        let byA = -value * value * power
        let byB = 2 * a * log(d) * byA
        let residual = y - value
        aa += byA * byA
        ab += byA * byB
        bb += byB * byB
        ra += byA * residual
        rb += byB * residual
      }
      let (aaDamped, bbDamped) = (aa * (1 + damping), bb * (1 + damping))
      let determinant = aaDamped * bbDamped - ab * ab
      let stepA = (ra * bbDamped - rb * ab) / determinant
      let stepB = (rb * aaDamped - ra * ab) / determinant
      let (nextA, nextB) = (a + stepA, b + stepB)
      let next =
        nextA > 0 && nextB > 0 ? Self.squaredError(nextA, nextB, distances, wanted) : .infinity
      let isSmall = abs(stepA) <= 1e-12 * a && abs(stepB) <= 1e-12 * b
      if next <= error {
        (a, b, error) = (nextA, nextB, next)
        damping = max(damping / 10, 1e-12)
      } else {
        damping *= 10
      }
      if isSmall || damping > 1e12 { break }
    }
    (scale, exponent) = (a, b)
  }

  private static func squaredError(
    _ a: Double, _ b: Double, _ distances: [Double], _ wanted: [Double]
  ) -> Double {
    zip(distances, wanted).reduce(0) { sum, pair in
      let residual = pair.1 - 1 / (1 + a * pow(pair.0, 2 * b))
      return sum + residual * residual
    }
  }
}
