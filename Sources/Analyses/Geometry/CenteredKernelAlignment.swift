import COpenBLAS
public import LinearAlgebra

/// Linear centred kernel alignment: how alike two representations of the same samples are, whatever
/// their rotation and scale.
///
/// 1 for representations that differ by a rotation and a scale, near 0 for unrelated ones. The biased
/// value (Kornblith et al. 2019, arXiv:1905.00414) is well above 0 for unrelated representations when
/// there are few samples; the unbiased one replaces HSIC by its unbiased estimate (Song et al. 2012,
/// Journal of Machine Learning Research 13, 1393–1434) and may be slightly negative.
public struct CenteredKernelAlignment: Sendable, Equatable {
  /// ‖XᵀY‖² / (‖XᵀX‖ ‖YᵀY‖) of the centred matrices, Frobenius norms.
  public let biased: Double
  /// The same with unbiased estimates of HSIC; NaN never: fewer than four samples are refused.
  public let unbiased: Double

  /// Compares two representations.
  ///
  /// Every term of the unbiased estimate follows from XᵀY, XᵀX and YᵀY, the rows' squared lengths and
  /// their products with the column sums, so that no n × n matrix is formed. (It does not depend on
  /// the mean; centring first keeps the sums small.)
  ///
  /// - Parameters:
  ///   - x: A representation, shape [n, p].
  ///   - y: Another of the same samples, shape [n, q].
  /// - Throws: `AnalysisError` for different numbers of rows, fewer than four, and a representation
  ///   whose rows are all equal.
  /// - Complexity: O(n · (p + q)²).
  public init(_ x: Matrix<Float>, _ y: Matrix<Float>) throws {
    guard x.rows == y.rows else { throw AnalysisError.rowsDiffer(x.rows, y.rows) }
    guard x.rows >= 4 else {
      throw AnalysisError.invalid(
        "kernel alignment needs 4 samples or more; there are \(x.rows)")
    }
    let (a, b) = (CenteredRows(x), CenteredRows(y))
    let (xy, xx, yy) = (a.crossSquare(b), a.crossSquare(a), b.crossSquare(b))
    guard xx > 0, yy > 0 else {
      throw AnalysisError.invalid(
        "all rows of a representation are equal, and nothing can be aligned with it")
    }
    biased = xy / (xx.squareRoot() * yy.squareRoot())
    let own = Self.unbiased(a, a, xx) * Self.unbiased(b, b, yy)
    guard own > 0 else {
      throw AnalysisError.invalid(
        "the unbiased self-similarity of a representation is not positive; there are too few samples"
      )
    }
    unbiased = Self.unbiased(a, b, xy) / own.squareRoot()
  }

  /// n (n − 3) times HSIC₁ of Song et al., equation 5, for linear kernels K = XXᵀ and L = YYᵀ whose
  /// diagonals are set to zero: tr(KL) + 1ᵀK1 · 1ᵀL1 / ((n−1)(n−2)) − 2/(n−2) · 1ᵀKL1.
  private static func unbiased(_ a: CenteredRows, _ b: CenteredRows, _ cross: Double) -> Double {
    let n = Double(a.values.rows)
    var diagonals = 0.0
    var (sumA, sumB, product) = (0.0, 0.0, 0.0)
    for i in 0..<a.values.rows {
      let (rowA, rowB) = (a.kernelRowSum(i), b.kernelRowSum(i))
      diagonals += a.squares[i] * b.squares[i]
      sumA += rowA
      sumB += rowB
      product += rowA * rowB
    }
    return cross - diagonals + sumA * sumB / ((n - 1) * (n - 2)) - 2 / (n - 2) * product
  }
}

/// The rows of a matrix less their mean, in float64.
struct CenteredRows {
  /// The rows, shape [n, d].
  let values: Matrix<Double>
  /// The mean row.
  let mean: [Double]
  /// The squared length of each row.
  let squares: [Double]
  // The sum of all rows: zero but for rounding.
  private let sum: [Double]

  init(_ matrix: Matrix<Float>) {
    let (n, d) = (matrix.rows, matrix.columns)
    var values = matrix.converted(to: Double.self)
    var mean = [Double](repeating: 0, count: d)
    for i in 0..<n { for j in 0..<d { mean[j] += values.values[i * d + j] } }
    for j in 0..<d { mean[j] /= Double(max(n, 1)) }
    var squares = [Double](repeating: 0, count: n)
    var sum = [Double](repeating: 0, count: d)
    for i in 0..<n {
      for j in 0..<d {
        let value = values.values[i * d + j] - mean[j]
        values.values[i * d + j] = value
        squares[i] += value * value
        sum[j] += value
      }
    }
    self.values = values
    self.mean = mean
    self.squares = squares
    self.sum = sum
  }

  /// Σ_j≠i ⟨x_i, x_j⟩.
  func kernelRowSum(_ i: Int) -> Double {
    let d = values.columns
    return (0..<d).reduce(-squares[i]) { $0 + values.values[i * d + $1] * sum[$1] }
  }

  /// Xᵀ Y, shape [p, q].
  func cross(_ other: CenteredRows) -> Matrix<Double> {
    var product = Matrix<Double>(rows: values.columns, columns: other.values.columns)
    if product.values.isEmpty || values.rows == 0 { return product }
    unsafe cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(values.columns), Int32(other.values.columns),
      Int32(values.rows), 1, values.values, Int32(values.columns), other.values.values,
      Int32(other.values.columns), 0, &product.values, Int32(other.values.columns))
    return product
  }

  /// ‖Xᵀ Y‖², from the smaller of the products of features and of samples.
  func crossSquare(_ other: CenteredRows) -> Double {
    if values.rows >= min(values.columns, other.values.columns) {
      return cross(other).values.reduce(0) { $0 + $1 * $1 }
    }
    let (k, l) = (values.timesTransposed(values), other.values.timesTransposed(other.values))
    return zip(k.values, l.values).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
