import LinearAlgebra

extension Matrix<Double> {
  /// Independent standard normal elements, the same for the same seed and shape.
  static func gaussian(_ rows: Int, _ columns: Int, seed: UInt64 = 0) -> Matrix {
    let stream = RandomStream(domain: "test", seed: seed, identity: "\(rows),\(columns)".utf8)
    return Matrix(
      rows: rows, columns: columns, values: stream.normals(count: rows * columns).map(Double.init))
  }

  /// A random orthogonal matrix.
  static func orthogonal(_ count: Int, seed: UInt64 = 0) throws -> Matrix {
    try gaussian(count, count, seed: seed).singularValueDecomposition().rightVectorsTransposed
  }

  /// The rows of this matrix, then those of another.
  func appending(_ other: Matrix) -> Matrix {
    Matrix(rows: rows + other.rows, columns: columns, values: values + other.values)
  }
}
