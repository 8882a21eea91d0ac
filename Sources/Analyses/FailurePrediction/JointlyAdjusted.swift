import LinearAlgebra
import RealModule

extension Resampling {
  /// The p-values of tests on the same clusters, adjusted for their number by the smallest of them.
  ///
  /// Method: step-down minP (Westfall and Young 1993, as `stepDownAdjusted`). Under the hypotheses every
  /// test's p-value is uniform, and together they are taken for a Gaussian copula whose correlations are
  /// those of the clusters' influences on the statistics (Hothorn, Bretz and Westfall 2008,
  /// doi:10.1002/bimj.200810425): a draw is Σ g_k l_jk / √(Σ l_jk²) for every test j, where l_jk is the
  /// influence of cluster k and the g_k are standard normal. A test's own p-value, and with it its degrees of
  /// freedom, are kept as they are.
  ///
  /// - Parameters:
  ///   - pValues: The two-sided p-values of the tests.
  ///   - influences: Those of the clusters on the statistic of every test (`ClusterJackknife`), as many of
  ///     each, not all 0.
  /// - Returns: The adjusted p-values, none below its own.
  /// - Complexity: O(replicates · tests · clusters).
  public func jointlyAdjusted(pValues: [Double], influences: [[Double]]) -> [Double] {
    precondition(pValues.count == influences.count)
    precondition(Set(influences.map(\.count)).count <= 1)
    guard pValues.count > 1, let clusters = influences.first?.count else { return pValues }
    let directions = influences.map { values -> [Double] in
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      precondition(length > 0)
      return values.map { $0 / length }
    }
    let normals = stream("joint").normals(count: replicates * clusters)
    let null = Parallel.map(count: replicates) { replicate in
      let draw = normals[replicate * clusters..<(replicate + 1) * clusters]
      return directions.map { abs(zip($0, draw).reduce(0) { $0 + $1.0 * Double($1.1) }) }
    }
    // Beyond 38 standard deviations p is 0; there, whichever is larger does not matter.
    let observed = pValues.map { min(38, -NormalDistribution.quantile($0 / 2)) }
    let adjusted = stepDownAdjusted(observed: observed, null: null, isExact: false)
    return zip(pValues, adjusted).map { max($0, $1) }
  }
}
