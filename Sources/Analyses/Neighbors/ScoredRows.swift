import CKernels
import LinearAlgebra

/// Points as the search's products see them: the nearest to a query are those of least
/// product · factor + offset.
struct ScoredRows: Sendable {
  /// The points as they were given, shape [n, d].
  let given: Matrix<Float>
  /// What products are taken of: the points, or the points less a mean.
  let moved: Matrix<Float>
  /// Σ x² of each row of `moved`, in float64.
  let squares: [Double]
  /// What a product with point j is multiplied by, before the offset is added.
  let factors: SharedNumbers<Float>
  let offsets: SharedNumbers<Float>
  let metric: NeighborMetric
  /// The mean that was subtracted; nil for none.
  let mean: [Double]?

  /// How many times larger than their spread the points' mean square may be before products of the
  /// points lose too many digits to tell neighbours apart.
  private static let tolerableOffset = 16.0

  /// Points to look among: less their mean where that is far from the origin.
  ///
  /// - Throws: `AnalysisError.invalid` for an element that is not finite and, with the cosine, for a
  ///   row of zeros.
  init(_ points: Matrix<Float>, metric: NeighborMetric) throws {
    let squares = try Self.squares(points, metric: metric)
    var mean: [Double]?
    if metric == .euclidean {
      let center = CenteredBlocks(of: points).mean
      let far = center.reduce(0) { $0 + $1 * $1 }
      let spread = squares.reduce(0, +) / Double(max(points.rows, 1)) - far
      if far > Self.tolerableOffset * max(spread, 0) { mean = center }
    }
    self.init(points, squares: squares, metric: metric, mean: mean)
  }

  /// Queries, moved as the points were that they are compared with.
  init(_ queries: Matrix<Float>, movedAs points: ScoredRows) throws {
    let squares = try Self.squares(queries, metric: points.metric)
    self.init(queries, squares: squares, metric: points.metric, mean: points.mean)
  }

  private init(
    _ points: Matrix<Float>, squares: [Double], metric: NeighborMetric, mean: [Double]?
  ) {
    given = points
    self.metric = metric
    self.mean = mean
    moved = mean.map { points.subtracting($0) } ?? points
    self.squares = mean == nil ? squares : Self.squares(moved)
    switch metric {
    // Least −x·y / ‖y‖ is nearest by the cosine.
    case .cosine:
      factors = SharedNumbers(self.squares.map { Float(-1 / $0.squareRoot()) })
      offsets = SharedNumbers(repeating: 0, count: points.rows)
    // Least ‖y‖²/2 − x·y is nearest by the difference.
    case .euclidean:
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
        switch metric {
        case .euclidean:
          return unsafe kernel_exact_square_distance(d, left + a, right + b).squareRoot()
        case .cosine:
          let product = unsafe kernel_exact_product(d, left + a, right + b)
          // The root of the product: exactly 1 for a row and its copy.
          return max(0, 1 - product / (queries.squares[i] * squares[j]).squareRoot())
        }
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

  private static func squares(_ matrix: Matrix<Float>, metric: NeighborMetric) throws -> [Double] {
    let squares = squares(matrix)
    for (i, square) in squares.enumerated() {
      guard square.isFinite else {
        let column = matrix.row(i).firstIndex { !$0.isFinite } ?? 0
        throw AnalysisError.invalid(
          "row \(i), column \(column - i * matrix.columns) (counted from 0) is not a finite number")
      }
      if metric == .cosine, square == 0 {
        throw AnalysisError.invalid(
          "row \(i) (counted from 0) is all zeros and has no direction for the cosine; leave it "
            + "out, or use the Euclidean distance")
      }
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
