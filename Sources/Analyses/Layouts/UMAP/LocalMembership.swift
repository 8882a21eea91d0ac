import Foundation

/// How the distances from one point become memberships of its neighbours:
/// 1 up to the nearest, then exp(−(d − nearest) / width).
struct LocalMembership: Equatable {
  /// ρ, the distance up to which a neighbour is a member in full.
  let nearest: Float
  /// σ, the distance beyond it at which membership has fallen to 1 / e.
  let width: Float

  /// The width at which the memberships sum up to a target, by bisection.
  ///
  /// The sum lies within 1e-5 of the target wherever one can: not when more neighbours than the target
  /// lie within `nearest`, such as duplicates of the point. Then, as in umap-learn, the width is
  /// `floor`.
  ///
  /// - Parameters:
  ///   - distances: The distances to sum over.
  ///   - nearest: ρ.
  ///   - target: log2 of the number of neighbours.
  ///   - floor: The least width.
  init(distances: ArraySlice<Float>, nearest: Float, target: Double, floor: Double) {
    self.nearest = nearest
    var (low, high, middle) = (0.0, Double.infinity, 1.0)
    for _ in 0..<64 {
      let sum = distances.reduce(0.0) { sum, distance in
        let beyond = Double(distance - nearest)
        return sum + (beyond > 0 ? exp(-beyond / middle) : 1)
      }
      if abs(sum - target) < 1e-5 { break }
      if sum > target { high = middle } else { low = middle }
      middle = high.isFinite ? (low + high) / 2 : 2 * middle
    }
    width = Float(max(middle, floor))
  }

  /// The membership of a neighbour at a distance.
  func callAsFunction(_ distance: Float) -> Float {
    let beyond = distance - nearest
    return beyond > 0 && width > 0 ? exp(-beyond / width) : 1
  }
}
