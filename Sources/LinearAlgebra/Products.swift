import COpenBLAS

extension Matrix where Scalar == Double {
  /// The matrix product `self · other`, shapes [m, k] · [k, n] → [m, n].
  ///
  /// Time O(m·k·n).
  public func times(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows)
    var product = Matrix(rows: rows, columns: other.columns)
    if product.values.isEmpty || columns == 0 { return product }
    unsafe cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(other.columns),
      Int32(columns), 1, values, Int32(columns), other.values, Int32(other.columns), 0,
      &product.values, Int32(other.columns))
    return product
  }

  /// The matrix product `self · otherᵀ`, shapes [m, k] · [n, k]ᵀ → [m, n].
  ///
  /// Time O(m·k·n).
  public func timesTransposed(_ other: Matrix) -> Matrix {
    precondition(columns == other.columns)
    var product = Matrix(rows: rows, columns: other.rows)
    if product.values.isEmpty || columns == 0 { return product }
    unsafe cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(other.rows),
      Int32(columns), 1, values, Int32(columns), other.values, Int32(columns), 0,
      &product.values, Int32(other.rows))
    return product
  }
}
