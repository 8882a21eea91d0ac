public import LinearAlgebra

extension Matrix<Double> {
  /// Independent standard normal elements, the same for the same domain, seed and shape.
  public static func gaussian(
    _ rows: Int, _ columns: Int, domain: String = "test", seed: UInt64 = 0
  ) -> Matrix {
    let stream = RandomStream(domain: domain, seed: seed, identity: "\(rows),\(columns)".utf8)
    return Matrix(
      rows: rows, columns: columns, values: stream.normals(count: rows * columns).map(Double.init))
  }
}
