public import LinearAlgebra

extension TSNE {
  /// First positions from the two leading principal components of the points.
  ///
  /// Centred and scaled so that the first coordinate has the standard deviation 1e-4, where forces
  /// are in proportion to distances; a hundredth of that is added as normal noise, so that
  /// duplicates can part. Where the first coordinate is the same for all, there is noise alone.
  ///
  /// - Parameter projection: The points' coordinates along the components, shape [n, 2].
  /// - Returns: Shape [n, 2].
  /// - Throws: `AnalysisError.invalid` for another number of columns, and a number that is not finite.
  public func initialization(from projection: Matrix<Float>) throws -> Matrix<Float> {
    guard projection.columns == 2, projection.values.allSatisfy(\.isFinite) else {
      throw AnalysisError.invalid(
        "an initialisation from \(projection.columns) columns; expected two, of finite numbers")
    }
    let n = projection.rows
    let mean = (0..<2).map { column in
      (0..<n).reduce(0.0) { $0 + Double(projection[$1, column]) } / Double(max(n, 1))
    }
    let variance =
      (0..<n).reduce(0.0) { sum, i in
        let deviation = Double(projection[i, 0]) - mean[0]
        return sum + deviation * deviation
      } / Double(max(n, 1))
    let deviation = 1e-4
    let scale = variance > 0 ? deviation / variance.squareRoot() : 0
    let jitter = variance > 0 ? deviation / 100 : deviation
    let noise = RandomStream(domain: "layout/t-sne", seed: seed).normals(count: 2 * n)
    return Matrix(
      rows: n, columns: 2,
      values: (0..<2 * n).map { k in
        Float(scale * (Double(projection.values[k]) - mean[k % 2]) + jitter * Double(noise[k]))
      })
  }
}
