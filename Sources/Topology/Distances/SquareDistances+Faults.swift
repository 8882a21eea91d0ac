import LinearAlgebra

/// What can be wrong with distances that are given.
extension SquareDistances {
  /// Throws when a matrix is not square.
  static func requireSquare(_ matrix: Matrix<some BinaryFloatingPoint>) throws {
    guard matrix.rows != matrix.columns else { return }
    throw TopologyError.invalid(
      "a distance matrix must be square; this has \(matrix.rows) rows and \(matrix.columns) "
        + "columns. If its rows are points, read it as points")
  }

  /// The error of a distance that is negative or not a number.
  static func invalid(row: Int, column: Int, value: Double) -> TopologyError {
    .invalid(
      "row \(row), column \(column) of the distances is \(value) (rows and columns count from 0); "
        + "expected a number that is not negative; inf stands for a pair without one")
  }

  /// The error of a finite distance beyond float32.
  public static func beyondFloat32(row: Int, column: Int, value: Double) -> TopologyError {
    .invalid(
      "row \(row), column \(column) of the distances is \(value) (rows and columns count from 0); "
        + "float32 distances are below 3.4e38: scale them down, or keep float64 (--distance-precision "
        + "float64)")
  }

  /// The error of a diagonal that is not 0.
  static func notZero(row: Int, value: Double) -> TopologyError {
    .invalid(
      "row \(row), column \(row) of the distances is \(value) (rows and columns count from 0); the "
        + "diagonal must be 0: this may be a matrix of similarities, or of points")
  }

  /// The error of two distances of one pair.
  static func notSymmetric(row: Int, column: Int, _ here: Double, _ there: Double) -> TopologyError
  {
    .invalid(
      "row \(row), column \(column) of the distances is \(here) and row \(column), column \(row) is "
        + "\(there) (rows and columns count from 0); distances must be symmetric: decide for one, or "
        + "average them")
  }

  /// The error of points or distances too small for float32.
  static func belowSinglePrecision(_ largest: Double) -> TopologyError {
    .invalid(
      "differences of at most \(largest) are too small for float32 distances, which have few digits below "
        + "1.2e-38: scale the numbers up, or keep float64 distances (--distance-precision float64) and "
        + "leave landmarks out")
  }

  /// The error of a distance too large for float32.
  static func beyondSinglePrecision(_ i: Int, _ j: Int) -> TopologyError {
    .invalid(
      "the distance of points \(min(i, j)) and \(max(i, j)) (rows count from 0) is beyond float32's "
        + "3.4e38; scale the points down")
  }
}
