import Fixtures
import LinearAlgebra

extension Matrix<Double> {
  /// A random orthogonal matrix.
  static func orthogonal(_ count: Int, seed: UInt64 = 0) throws -> Matrix {
    try gaussian(count, count, seed: seed).singularValueDecomposition().rightVectorsTransposed
  }

  /// The rows of this matrix, then those of another.
  func appending(_ other: Matrix) -> Matrix {
    Matrix(rows: rows + other.rows, columns: columns, values: values + other.values)
  }
}
