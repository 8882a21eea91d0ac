/// Linear centred kernel alignment: how alike two representations of the same samples are, whatever
/// their rotation and scale.
///
/// 1 for representations that differ by a rotation and a scale, near 0 for unrelated ones. The biased
/// value (Kornblith et al. 2019, arXiv:1905.00414) is well above 0 for unrelated representations when
/// there are few samples; the unbiased one replaces HSIC by its unbiased estimate (Song et al. 2012,
/// Journal of Machine Learning Research 13, 1393–1434) and may be slightly negative.
public struct CenteredKernelAlignment: Sendable, Equatable {
  /// ‖XᵀY‖² / (‖XᵀX‖ ‖YᵀY‖) of the centred matrices, Frobenius norms: from 0 to 1.
  public let biased: Double
  /// The same with unbiased estimates of HSIC; NaN never: fewer than four samples are refused.
  public let unbiased: Double

  /// Compares two representations.
  ///
  /// - Parameters:
  ///   - x: A representation, shape [n, p].
  ///   - y: Another of the same samples, shape [n, q].
  /// - Throws: `AnalysisError.rowsDiffer` for different numbers of samples; `.undefined` for fewer than
  ///   four, and samples so few that the unbiased estimate of a representation's similarity to itself is
  ///   not positive.
  /// - Complexity: O(n · p · q).
  public init(_ x: Representation, _ y: Representation) throws {
    guard x.sampleCount == y.sampleCount else {
      throw AnalysisError.rowsDiffer(x.sampleCount, y.sampleCount)
    }
    guard x.sampleCount >= 4 else {
      throw AnalysisError.undefined(
        "kernel alignment needs 4 samples or more; there are \(x.sampleCount)")
    }
    let similarity = try x.similarity(to: y)
    // One root of the product: exactly 1 for a representation and itself.
    biased = min(1, similarity / (x.ownSimilarity * y.ownSimilarity).squareRoot())
    let own = (Self.unbiased(x, x, x.ownSimilarity), Self.unbiased(y, y, y.ownSimilarity))
    guard own.0 > 0, own.1 > 0 else {
      throw AnalysisError.undefined(
        "the unbiased self-similarity of a representation is not positive; there are too few samples"
      )
    }
    unbiased = Self.unbiased(x, y, similarity) / (own.0 * own.1).squareRoot()
  }

  /// n (n − 3) times HSIC₁ of Song et al., equation 5, for the kernels K = XXᵀ and L = YYᵀ without
  /// their diagonals, divided by ‖X‖² ‖Y‖².
  ///
  /// tr(KL) + 1ᵀK1 · 1ᵀL1 / ((n−1)(n−2)) − 2/(n−2) · 1ᵀKL1 does not depend on the mean. Where it is 0,
  /// row i of K sums to −‖x_i‖², and no n × n matrix is formed.
  private static func unbiased(
    _ x: Representation, _ y: Representation, _ similarity: Double
  ) -> Double {
    let n = Double(x.sampleCount)
    let diagonals =
      zip(x.squares, y.squares).reduce(0) { $0 + ($1.0 / x.square) * ($1.1 / y.square) }
    return similarity - n / (n - 2) * diagonals + 1 / ((n - 1) * (n - 2))
  }
}
