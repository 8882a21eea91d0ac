import LinearAlgebra

/// Points by coordinate, in float64: their distances from differences, which cancel no digits.
struct CoordinateColumns: Sendable {
  private let pointCount: Int
  private let columns: [[Double]]  // [d, n]

  init(_ points: Matrix<Float>) {
    pointCount = points.rows
    columns = (0..<points.columns).map { k in
      (0..<points.rows).map { Double(points.values[$0 * points.columns + k]) }
    }
  }

  /// The squared distance of every point from point `i`.
  func squaredDistances(from i: Int) -> [Double] {
    var squares = [Double](repeating: 0, count: pointCount)
    for column in columns {
      let center = column[i]
      for j in squares.indices {
        let difference = column[j] - center
        squares[j] += difference * difference
      }
    }
    return squares
  }
}
