import CKernels
import Foundation
import LinearAlgebra

/// Points as the search's products see them: the nearest to a query are those of least
/// product · factor + offset.
struct ScoredRows: Sendable {
  /// The points as they were given, shape [n, d].
  let given: Matrix<Float>
  /// What products are taken of: the points, the points less a mean, or unit vectors of directions that
  /// start elsewhere than at 0.
  let moved: Matrix<Float>
  /// Σ x² of each row of `moved`, in float64.
  let squares: [Double]
  /// What a product with point j is multiplied by, before the offset is added.
  let factors: SharedNumbers<Float>
  let offsets: SharedNumbers<Float>
  let metric: Metric
  /// How the square of a difference becomes a distance.
  let finish: Metric.Kernel.Finish
  /// The mean that was subtracted; nil for none.
  let mean: [Double]?
  /// The direction of every row, when only directions count.
  private let directions: [Metric.Direction]

  /// How many times larger than their spread the points' mean square may be before products of the
  /// points lose too many digits to tell neighbours apart.
  private static let tolerableOffset = 16.0

  /// Points to look among: less their mean where that is far from the origin.
  ///
  /// - Throws: `AnalysisError.invalid` for a metric that products do not serve, for an element that is
  ///   not finite and, when only directions count, for a row that has none.
  init(_ points: Matrix<Float>, metric: Metric) throws {
    let squares = try Self.finiteSquares(points)
    var mean: [Double]?
    if metric.origin == nil {
      let center = CenteredBlocks(of: points).mean
      let far = center.reduce(0) { $0 + $1 * $1 }
      let spread = squares.reduce(0, +) / Double(max(points.rows, 1)) - far
      if far > Self.tolerableOffset * max(spread, 0) { mean = center }
    }
    try self.init(points, squares: squares, metric: metric, mean: mean)
  }

  /// Queries, moved as the points were that they are compared with.
  init(_ queries: Matrix<Float>, movedAs points: ScoredRows) throws {
    let squares = try Self.finiteSquares(queries)
    try self.init(queries, squares: squares, metric: points.metric, mean: points.mean)
  }

  private init(
    _ points: Matrix<Float>, squares: [Double], metric: Metric, mean: [Double]?
  ) throws {
    given = points
    self.metric = metric
    finish = try metric.requiredFinish()
    self.mean = mean
    directions = try metric.directions(of: points)
    moved = mean.map { points.subtracting($0) } ?? metric.moved(points, directions)
    let isMoved = mean != nil || metric.origin?.isZero == false
    self.squares = isMoved ? Self.squares(moved) : squares
    if metric.origin != nil {
      // Least −x·y / ‖y‖ is nearest by the direction.
      factors = SharedNumbers(self.squares.map { Float(-1 / $0.squareRoot()) })
      offsets = SharedNumbers(repeating: 0, count: points.rows)
    } else {
      // Least ‖y‖²/2 − x·y is nearest by the difference.
      factors = SharedNumbers(repeating: -1, count: points.rows)
      offsets = SharedNumbers(self.squares.map { Float($0 / 2) })
    }
  }

  /// The exact distance of a query from one of the points, in float64.
  func distance(_ queries: ScoredRows, _ i: Int, to j: Int) -> Double {
    let d = given.columns
    let (a, b) = (i * d, j * d)
    return unsafe queries.given.values.withUnsafeBufferPointer { left in
      unsafe given.values.withUnsafeBufferPointer { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
        guard let origin = metric.origin else {
          return finish.distance(
            ofSquare: unsafe kernel_exact_square_distance(d, left + a, right + b))
        }
        if origin.isZero, finish == .half {
          let product = unsafe kernel_exact_product(d, left + a, right + b)
          // The root of the product: exactly 1 for a row and its copy.
          return max(0, 1 - product / (queries.squares[i] * squares[j]).squareRoot())
        }
        let (x, y) = (queries.directions[i], directions[j])
        let (scaleX, scaleY) = (1 / x.length, 1 / y.length)
        var (difference, sum) = (0.0, 0.0)
        for k in 0..<d {
          let u = unsafe (Double(left[a + k]) * x.power - x.offset) * scaleX
          let v = unsafe (Double(right[b + k]) * y.power - y.offset) * scaleY
          difference += (u - v) * (u - v)
          sum += (u + v) * (u + v)
        }
        // An angle by both is accurate everywhere (Kahan 2006, "How futile are mindless assessments of
        // roundoff in floating-point computation?", §12); of the difference alone it is not near π.
        return finish == .angle
          ? 2 * atan2(difference.squareRoot(), sum.squareRoot())
          : finish.distance(ofSquare: difference)
      }
    }
  }

  private static func squares(_ matrix: Matrix<Float>) -> [Double] {
    let d = matrix.columns
    return Parallel.map(count: matrix.rows) { i in
      unsafe matrix.values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress else { return 0 }
        return unsafe kernel_exact_product(d, start + i * d, start + i * d)
      }
    }
  }

  private static func finiteSquares(_ matrix: Matrix<Float>) throws -> [Double] {
    let squares = squares(matrix)
    if let row = squares.firstIndex(where: { !$0.isFinite }) {
      let column = matrix.row(row).firstIndex { !$0.isFinite } ?? 0
      throw AnalysisError.invalid(
        "row \(row), column \(column - row * matrix.columns) (counted from 0) is not a finite number"
      )
    }
    return squares
  }
}

extension Matrix<Float> {
  /// The rows less a mean, each difference rounded once.
  fileprivate func subtracting(_ mean: [Double]) -> Matrix {
    var result = self
    for i in 0..<rows {
      for j in 0..<columns {
        result.values[i * columns + j] = Float(Double(values[i * columns + j]) - mean[j])
      }
    }
    return result
  }
}
