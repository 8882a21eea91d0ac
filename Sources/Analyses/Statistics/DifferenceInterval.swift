import RealModule

/// Intervals of the mean of paired differences from −1 to 1, such as a fall of accuracy on the same images,
/// that hold where few units differ, or none.
public enum DifferenceInterval {
  /// The interval of a mean difference.
  ///
  /// Method: Student's interval of `CrossedMean`, of the units and two more, one whose difference is 1 and
  /// one whose is −1, as Bonett and Price add to paired shares (2012, doi:10.3102/1076998611411915): without
  /// them the interval is too short where few units differ. Where all units have one difference v under every
  /// replicate, others occur with a probability of at most q = 1 − ((1 − c) / 2)^(1/n): v − q (v + 1) … v + q
  /// (1 − v), which is ±q where none differs.
  ///
  /// - Parameters:
  ///   - sides: What the difference is the sum of, as `CrossedMean` has them: for every side a row a
  ///     replicate, in it a value a unit, of one unit at least. Shares before less shares after, under the
  ///     same replicates, are one side.
  ///   - confidence: c, such as 0.95.
  /// - Returns: An interval within −1 … 1 that the mean lies in: `exact` of units that are all alike,
  ///   `bonett-price` of one replicate, else `crossed-t`.
  /// - Complexity: O(values).
  public static func of(_ sides: [[[Double]]], confidence: Double = 0.95) -> ConfidenceInterval {
    let count = sides[0][0].count
    precondition(count > 0)
    var differences = [Double](repeating: 0, count: count)
    for row in sides.flatMap({ side in side.map { (row: $0, weight: 1 / Double(side.count)) } }) {
      for unit in differences.indices { differences[unit] += row.weight * row.row[unit] }
    }
    let mean = differences.reduce(0, +) / Double(count)
    if isUnanimous(sides, differences) {
      let rare = 1 - Double.exp(Double.log((1 - confidence) / 2) / Double(count))
      return within(
        mean - rare * (mean + 1), mean + rare * (1 - mean), around: mean, method: .exact)
    }
    let extended = sides.enumerated().map { place, side in
      side.map { $0 + (place == 0 ? [1, -1] : [0, 0]) }
    }
    guard let crossed = CrossedMean(extended) else {
      preconditionFailure("three units or more have a variance")
    }
    let half = crossed.halfWidth(confidence: confidence)
    return within(
      crossed.mean - half, crossed.mean + half, around: mean,
      method: sides.contains { $0.count > 1 } ? .crossedT : .bonettPrice)
  }

  /// Whether all units have one difference, and no replicate changes it.
  private static func isUnanimous(_ sides: [[[Double]]], _ differences: [Double]) -> Bool {
    differences.allSatisfy { abs($0 - differences[0]) < 1e-12 }
      && sides.allSatisfy { side in side.allSatisfy { $0 == side[0] } }
  }

  private static func within(
    _ low: Double, _ high: Double, around mean: Double, method: ConfidenceInterval.Method
  ) -> ConfidenceInterval {
    ConfidenceInterval(
      low: max(-1, min(low, mean)), high: min(1, max(high, mean)), method: method)
  }
}
