import RealModule

/// How many dimensions points fill locally, from the distances of their nearest neighbours.
public struct IntrinsicDimension: Sendable, Equatable {
  /// The estimate.
  public let dimension: Double
  /// How many points were left out because they coincide with a neighbour.
  public let leftOut: Int

  /// By the ratio of the distances of the two nearest neighbours.
  ///
  /// Method: μ = r₂/r₁ follows a Pareto law with the dimension as exponent; −ln(1 − F(μ)) is fitted
  /// against ln μ by a line through the origin, without the largest tenth of the ratios (Facco et al.
  /// 2017, doi:10.1038/s41598-017-11873-y). Curvature and noise that are coarser than the two nearest
  /// neighbours do not enter.
  ///
  /// - Parameter neighbors: At least two neighbours a point, Euclidean.
  /// - Returns: The estimate over all points that do not coincide with their nearest neighbour.
  /// - Throws: `AnalysisError.undefined` when there are fewer than 10 such points or all ratios are 1;
  ///   `.invalid` when a distance is not finite.
  /// - Complexity: O(n · log n).
  public static func twoNN(_ neighbors: NearestNeighbors) throws -> IntrinsicDimension {
    precondition(neighbors.neighborCount >= 2)
    try requireFinite(neighbors)
    let k = neighbors.neighborCount
    var logarithms: [Double] = []
    for i in 0..<neighbors.rowCount {
      let (first, second) = (neighbors.distances[i * k], neighbors.distances[i * k + 1])
      if first > 0 { logarithms.append(Double.log(Double(second) / Double(first))) }
    }
    logarithms.sort()
    let count = logarithms.count
    try require(count)
    var (products, squares) = (0.0, 0.0)
    for (index, value) in logarithms[..<(count * 9 / 10)].enumerated() {
      products -= value * Double.log(onePlus: -Double(index + 1) / Double(count))
      squares += value * value
    }
    guard squares > 0 else {
      throw AnalysisError.undefined(
        "every point has its two nearest neighbours at one distance (a lattice?); the ratio says "
          + "nothing of a dimension")
    }
    return IntrinsicDimension(
      dimension: products / squares, leftOut: neighbors.rowCount - count)
  }

  /// By maximum likelihood.
  ///
  /// Method: the inverse of mean over points of (1/(k−1)) Σ_j ln(r_k / r_j), j < k (Levina and Bickel
  /// 2004, Advances in Neural Information Processing Systems 17), the inverses averaged as MacKay and
  /// Ghahramani (2005) say. With many dimensions and few points it is too low.
  ///
  /// - Parameter neighbors: At least three neighbours a point, Euclidean; all are used.
  /// - Returns: The estimate over all points that do not coincide with a neighbour.
  /// - Throws: `AnalysisError.undefined` when there are fewer than 10 such points or all distances are
  ///   equal; `.invalid` when one is not finite.
  /// - Complexity: O(n · k).
  public static func maximumLikelihood(
    _ neighbors: NearestNeighbors
  ) throws -> IntrinsicDimension {
    precondition(neighbors.neighborCount >= 3)
    try requireFinite(neighbors)
    let k = neighbors.neighborCount
    var count = 0
    var sum = 0.0
    for i in 0..<neighbors.rowCount where neighbors.distances[i * k] > 0 {
      let farthest = Double(neighbors.distances[i * k + k - 1])
      count += 1
      for j in 0..<k - 1 { sum += Double.log(farthest / Double(neighbors.distances[i * k + j])) }
    }
    try require(count)
    guard sum > 0 else {
      throw AnalysisError.undefined(
        "every point has all its neighbours at one distance; they say nothing of a dimension")
    }
    return IntrinsicDimension(
      dimension: Double(k - 1) * Double(count) / sum, leftOut: neighbors.rowCount - count)
  }

  private static func requireFinite(_ neighbors: NearestNeighbors) throws {
    guard let fault = neighbors.distances.firstIndex(where: { !$0.isFinite }) else { return }
    throw AnalysisError.invalid(
      "point \(fault / neighbors.neighborCount) has a neighbour at distance "
        + "\(neighbors.distances[fault]); distances must be finite")
  }

  private static func require(_ count: Int) throws {
    guard count >= 10 else {
      throw AnalysisError.undefined(
        "only \(count) points do not coincide with their nearest neighbour; a dimension needs 10")
    }
  }
}
