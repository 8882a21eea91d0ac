import RealModule

/// What some covariates explain of numbers of the same units, and what they leave: least squares with an
/// intercept.
///
/// Method: Gram–Schmidt, each direction made orthogonal twice, which is enough (Giraud, Langou and
/// Rozložník 2005, doi:10.1016/j.camwa.2005.08.009). A covariate that the others already say, or that is
/// everywhere the same, adds no direction.
struct CovariateSpan: Sendable {
  /// Orthonormal directions, that of equal numbers first; a number a unit.
  private let directions: [[Double]]
  /// How many directions the covariates add to the intercept.
  var rank: Int { directions.count - 1 }

  /// What is left of a covariate's variation, as a share of it, when it says nothing of its own.
  private static let leastShare = 1e-7

  /// The span of covariates.
  ///
  /// - Parameters:
  ///   - covariates: A number a unit; none NaN.
  ///   - count: How many units there are, at least one.
  /// - Complexity: O(units · covariates²).
  init(_ covariates: [[Double]], count: Int) {
    precondition(count > 0 && covariates.allSatisfy { $0.count == count })
    var directions = [[Double](repeating: 1 / Double(count).squareRoot(), count: count)]
    for covariate in covariates {
      let centered = Self.removing(directions[...0], from: covariate)
      var rest = centered
      for _ in 0..<2 { rest = Self.removing(directions[...], from: rest) }
      let (length, whole) = (Self.dot(rest, rest).squareRoot(), Self.dot(centered, centered))
      // The intercept itself leaves rounding of numbers that are all equal.
      let size = covariate.lazy.map(abs).max() ?? 0
      guard length > Self.leastShare * whole.squareRoot(),
        whole.squareRoot() > 1e-12 * size * Double(count).squareRoot()
      else { continue }
      directions.append(rest.map { $0 / length })
    }
    self.directions = directions
  }

  /// What the covariates leave of numbers, a number a unit.
  func residual(_ numbers: [Double]) -> [Double] {
    Self.removing(directions[...], from: Self.removing(directions[...], from: numbers))
  }

  private static func removing(
    _ directions: ArraySlice<[Double]>, from numbers: [Double]
  ) -> [Double] {
    var rest = numbers
    for direction in directions {
      let share = dot(direction, rest)
      for unit in rest.indices { rest[unit] -= share * direction[unit] }
    }
    return rest
  }

  /// Σ a · b.
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for unit in a.indices { sum = Relaxed.multiplyAdd(a[unit], b[unit], sum) }
    return sum
  }
}
