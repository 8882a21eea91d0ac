public import LinearAlgebra

/// How many dimensions of the span of some rows a subspace keeps.
public enum SubspaceRank: Sendable, Equatable {
  /// The fewest dimensions that hold at least 95 % of the variance (the sum of squared singular
  /// values).
  case automatic
  /// This many dimensions, those of the largest singular values.
  case fixed(Int)
  /// The numerical rank: one dimension for every singular value above max(n, d) · ε · σ_max.
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
  /// Method: singular value decomposition of the rows, their mean removed if `centered`. Equal rows
  /// and dependent rows do no harm.
  ///
  /// - Parameters:
  ///   - rows: Samples, shape [n, d].
  ///   - rank: How many dimensions to keep.
  ///   - centered: Whether the mean row is subtracted first (principal component analysis).
  /// - Throws: `AnalysisError` for no rows, no variance, and a fixed rank that is not positive or
  ///   exceeds the numerical rank; `LinearAlgebraError` for an element that is not finite.
  /// - Complexity: O(n · d · min(n, d)).
  public init(spanOfRows rows: Matrix<Double>, rank: SubspaceRank, centered: Bool) throws {
    if case .fixed(let requested) = rank, requested <= 0 {
      throw AnalysisError.rankNotPositive(requested)
    }
    if rows.rows == 0 { throw AnalysisError.noRows }
    try rows.requireFinite()
    let decomposition = try (centered ? rows.centered() : rows).singularValueDecomposition()
    let largest = decomposition.values.first ?? 0
    if largest == 0 { throw AnalysisError.noVariance(centered: centered) }

    // Relative to the largest, so that squares neither overflow nor vanish.
    let variances = decomposition.values.map { ($0 / largest) * ($0 / largest) }
    let totalVariance = variances.reduce(0, +)
    let tolerance = Double(max(rows.rows, rows.columns)) * Double.ulpOfOne * largest
    let numericalRank = decomposition.values.count { $0 > tolerance }
    let dimension: Int
    switch rank {
    case .full:
      dimension = numericalRank
    case .fixed(let requested):
      if requested > numericalRank {
        throw AnalysisError.rankTooLarge(requested: requested, numericalRank: numericalRank)
      }
      dimension = requested
    case .automatic:
      dimension = Self.dimension(holding: 0.95, of: variances, total: totalVariance)
    }
    explainedVariance = min(1, variances[..<dimension].reduce(0, +) / totalVariance)
    basis = decomposition.rightVectorsTransposed.selectingRows(0..<dimension)
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
  /// The rows less their mean.
  ///
  /// The first row is subtracted before the mean is taken: equal rows give exact zeros, and the
  /// rounding errors are in proportion to the spread of the rows, not to their distance from 0.
  fileprivate func centered() -> Matrix {
    var result = self
    var mean = [Double](repeating: 0, count: columns)
    for i in 0..<rows {
      for j in 0..<columns {
        result.values[i * columns + j] -= values[j]
        mean[j] += result.values[i * columns + j] / Double(rows)
      }
    }
    for i in 0..<rows {
      for j in 0..<columns { result.values[i * columns + j] -= mean[j] }
    }
    return result
  }
}
