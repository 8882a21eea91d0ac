import RealModule

extension IntrinsicDimension {
  /// How many dimensions points fill around each of them, by maximum likelihood.
  ///
  /// Method: the inverse of (1/(k−1)) Σ_j ln(r_k / r_j), j < k, of the point's own k nearest neighbours
  /// (Levina and Bickel 2004, Advances in Neural Information Processing Systems 17, equation 8).
  /// `maximumLikelihood` is the harmonic mean of these. Of one point's k distances its relative error is
  /// about 1/√(k − 2).
  ///
  /// - Parameter neighbors: At least three neighbours a point, Euclidean; all are used.
  /// - Returns: A dimension a point, above 0; nil where the point coincides with a neighbour, where all its
  ///   neighbours are at one distance, and where a distance is not finite.
  /// - Complexity: O(n · k).
  public static func local(_ neighbors: NearestNeighbors) -> [Double?] {
    precondition(neighbors.neighborCount >= 3)
    let k = neighbors.neighborCount
    return (0..<neighbors.rowCount).map { row in
      let distances = neighbors.distances[row * k..<(row + 1) * k].map { Double($0) }
      guard distances[0] > 0, distances.allSatisfy(\.isFinite) else { return nil }
      let sum = distances.dropLast().reduce(0) { $0 + Double.log(distances[k - 1] / $1) }
      return sum > 0 ? Double(k - 1) / sum : nil
    }
  }
}
