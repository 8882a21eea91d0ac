import COpenBLAS

/// The factorisation A = L · Q of an (m, n) matrix, m ≤ n: L lower triangular, Q with orthonormal
/// rows.
///
/// Q stays a product of m Householder reflections until it is asked for. It spans the rows of A
/// where these are independent: the first j rows of Q span the first j rows of A.
public struct TriangularFactorization: Sendable {
  // L on and below the diagonal, the reflections right of it; [m, n], as LAPACK leaves Rᵀ of Aᵀ.
  let reflectors: Matrix<Double>
  let scales: [Double]

  /// L, shape [m, m]; its singular values are those of A.
  public var lowerTriangle: Matrix<Double> {
    var triangle = Matrix<Double>(rows: reflectors.rows, columns: reflectors.rows)
    for i in 0..<reflectors.rows {
      for j in 0...i { triangle[i, j] = reflectors[i, j] }
    }
    return triangle
  }

  /// Q, shape [m, n] (`dorgqr`).
  ///
  /// - Throws: `LinearAlgebraError` for no memory.
  /// - Complexity: O(m² · n).
  public func orthonormalRows() throws -> Matrix<Double> {
    var result = reflectors
    if result.rows == 0 { return result }
    let (m, n) = (Int32(result.columns), Int32(result.rows))
    let info = unsafe LAPACKE_dorgqr(
      LAPACK_COL_MAJOR, m, n, n, &result.values, m, scales)
    try Matrix.check(info, "dorgqr", rows: result.rows, columns: result.columns)
    return result
  }

  /// C · Q for coefficients C of shape [k, m], without forming Q (`dormqr`); shape [k, n].
  ///
  /// - Throws: `LinearAlgebraError` for no memory.
  /// - Complexity: O(k · m · n).
  public func combiningOrthonormalRows(_ coefficients: Matrix<Double>) throws -> Matrix<Double> {
    precondition(coefficients.columns == reflectors.rows)
    var result = Matrix<Double>(rows: coefficients.rows, columns: reflectors.columns)
    if result.values.isEmpty || reflectors.rows == 0 { return result }
    for i in 0..<coefficients.rows {
      let start = i * result.columns
      result.values.replaceSubrange(start..<start + coefficients.columns, with: coefficients.row(i))
    }
    let (m, n) = (Int32(result.columns), Int32(result.rows))
    let info = unsafe LAPACKE_dormqr(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N")), m, n,
      Int32(reflectors.rows), reflectors.values, m, scales, &result.values, m)
    try Matrix.check(info, "dormqr", rows: result.rows, columns: result.columns)
    return result
  }
}
