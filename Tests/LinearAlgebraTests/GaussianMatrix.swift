import LinearAlgebra

extension Matrix<Double> {
  /// Independent standard normal elements, the same for the same domain and shape.
  static func gaussian(_ rows: Int, _ columns: Int, domain: String) -> Matrix {
    let stream = RandomStream(domain: domain, seed: 0, identity: "\(rows),\(columns)".utf8)
    return Matrix(
      rows: rows, columns: columns, values: stream.normals(count: rows * columns).map(Double.init))
  }
}

/// The largest |a − b| of elements in the same place.
func greatestDifference(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
  zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
}
