public import LinearAlgebra

/// How many dimensions of the span of some rows a subspace keeps.
public enum SubspaceRank: Sendable, Equatable {
  /// The fewest dimensions that hold at least 95 % of the variance (the sum of squared singular
  /// values).
  case automatic
  /// This many dimensions, those of the largest singular values.
  case fixed(Int)
  /// The numerical rank: one dimension for every singular value that rounding cannot have made.
  ///
  /// Of float64 and float32 as NumPy's `matrix_rank`: above max(n, d) · ε · σ_max, ε of the type that the
  /// rows were stored in. Half precisions are for storage, so that a row was rounded once: above ε times
  /// the rows' Frobenius norm. Rows far from 0 are rounded in proportion to their distance from it, also
  /// when their mean is removed.
  case full
}

/// A linear subspace of R^d, by an orthonormal basis of the span of samples.
public struct Subspace: Sendable {
  /// The orthonormal basis, shape [dimension, ambientDimension]: a basis vector a row.
  public let basis: Matrix<Double>
  /// The share of the variance of the rows that lies in the subspace, in (0, 1].
  public let explainedVariance: Double

  /// The dimension k of the subspace.
  public var dimension: Int { basis.rows }
  /// The dimension d of the space around it.
  public var ambientDimension: Int { basis.columns }

  /// The subspace spanned by rows, or by their leading right singular vectors.
  ///
  /// Method: singular value decomposition of the rows A, their mean removed if `centered`; of the
  /// small L of A = L · Q where there are fewer rows than dimensions. The basis of a full span of
  /// independent rows is Q itself, without singular vectors. Nothing is squared, so the directions
  /// keep the accuracy of a decomposition of A; equal rows and dependent rows do no harm.
  ///
  /// - Parameters:
  ///   - rows: Samples, shape [n, d].
  ///   - rank: How many dimensions to keep.
  ///   - centered: Whether the mean row is subtracted first (principal component analysis).
  ///   - precision: In which the rows were stored before they were widened.
  /// - Throws: `AnalysisError` for no rows, no variance, and a fixed rank that is not positive or
  ///   exceeds the numerical rank; `LinearAlgebraError` for an element that is not finite.
  /// - Complexity: O(n · d · min(n, d)).
  public init(
    spanOfRows rows: Matrix<Double>, rank: SubspaceRank, centered: Bool,
    precision: ElementPrecision = .float64
  ) throws {
    if case .fixed(let requested) = rank, requested <= 0 {
      throw AnalysisError.rankNotPositive(requested)
    }
    if rows.rows == 0 { throw AnalysisError.noRows }
    try rows.requireFinite()
    let spanning = centered ? rows.centered() : rows
    let factorization =
      spanning.rows <= spanning.columns ? try spanning.triangularFactorization() : nil
    let small = factorization?.lowerTriangle ?? spanning
    // Of a full span only the values are needed, most often.
    let decomposition = rank == .full ? nil : try small.singularValueDecomposition()
    let values = try decomposition?.values ?? small.singularValues()
    let largest = values.first ?? 0
    if largest == 0 { throw AnalysisError.noVariance(centered: centered) }

    // Relative to the largest, so that squares neither overflow nor vanish.
    let variances = values.map { ($0 / largest) * ($0 / largest) }
    let totalVariance = variances.reduce(0, +)
    let tolerance = Tolerance(rows, largest: largest, precision: precision)
    let dimension: Int
    switch rank {
    case .full:
      // The largest stays, whatever it is.
      dimension = max(1, values.count { $0 > tolerance.ofFull })
    case .fixed(let requested):
      let numericalRank = values.count { $0 > tolerance.ofAny }
      if requested > numericalRank {
        throw AnalysisError.rankTooLarge(requested: requested, numericalRank: numericalRank)
      }
      dimension = requested
    case .automatic:
      dimension = Self.dimension(holding: 0.95, of: variances, total: totalVariance)
    }
    explainedVariance = min(1, variances[..<dimension].reduce(0, +) / totalVariance)
    if rank == .full, dimension == spanning.rows, let factorization {
      basis = try factorization.orthonormalRows()
      return
    }
    let vectors = try (decomposition ?? small.singularValueDecomposition()).rightVectorsTransposed
      .selectingRows(0..<dimension)
    basis = try factorization?.combiningOrthonormalRows(vectors) ?? vectors
  }

  /// Up to where singular values are nothing but rounding.
  private struct Tolerance {
    /// What the decomposition and one rounding of every number can have made.
    let ofAny: Double
    /// What is left out of a full span.
    let ofFull: Double

    init(_ rows: Matrix<Double>, largest: Double, precision: ElementPrecision) {
      let size = Double(max(rows.rows, rows.columns))
      ofAny = max(size * .ulpOfOne * largest, rows.rounding(storedIn: precision))
      ofFull = precision.isForStorage ? ofAny : max(ofAny, size * precision.spacing * largest)
    }
  }

  // The slack keeps a share that is exactly 0.95 (such as 19 of 20 equal variances) from being
  // decided by rounding.
  private static func dimension(
    holding share: Double, of variances: [Double], total: Double
  ) -> Int {
    var held = 0.0
    for (index, variance) in variances.enumerated() {
      held += variance
      if held >= (share - 1e-12) * total { return index + 1 }
    }
    return variances.count
  }
}

extension Matrix<Double> {
  /// Rows that are to the n rows less their mean what an orthogonal matrix makes of them: n − 1 rows
  /// of the same span and the same singular values, but for one that is 0.
  ///
  /// The reflection that maps (1, …, 1)/√n to an axis leaves that axis nothing of centred rows. With
  /// the first row subtracted from each, which changes no spread, the other rows xᵢ become
  /// xᵢ − Σxⱼ / (n + √n). Equal rows give exact zeros, and the rounding errors are in proportion to the
  /// spread of the rows, not to their distance from 0.
  fileprivate func centered() -> Matrix {
    let width = columns
    var result = Matrix(
      rows: rows - 1, columns: width, values: Array(values[width...]))
    var shift = [Double](repeating: 0, count: width)
    for i in 0..<result.rows {
      for j in 0..<width {
        result.values[i * width + j] -= values[j]
        shift[j] += result.values[i * width + j]
      }
    }
    let scale = 1 / (Double(rows) + Double(rows).squareRoot())
    for j in 0..<width { shift[j] *= scale }
    for i in 0..<result.rows {
      for j in 0..<width { result.values[i * width + j] -= shift[j] }
    }
    return result
  }
}
