/// The mean of numbers that units, such as images, have under replicates that all units share, such as noise
/// seeds, with its variance where both are drawn at random.
///
/// Method: the two-way layout of random effects, an observation a cell. Of values x_us of n units and m
/// replicates with weights w_u of sum 1, the variance of the mean Σ_u w_u x̄_u is estimated by
///
///     V = A + B − R
///
/// where A is that of units, Σ w_u² (x̄_u − x̄)² n / (n − 1), B that of replicates, the variance of the m
/// means over m, and R what both have of the residuals, Σ w_u² s_u² n / ((n − 1) m) with s_u² the variance of
/// the residuals of a unit. With equal weights these are the mean squares of the analysis of variance over n
/// m (Searle, Casella and McCulloch 1992, doi:10.1002/9780470316856, chapter 4). V is never below A nor B.
/// Its degrees of freedom are Satterthwaite's (1946, doi:10.2307/3002019), of the terms as they are.
///
/// A difference of means of the same units under two sets of replicates is a sum of two sides, each with
/// replicates of its own: A is that of the sums, and every side adds its B − R. A side of one replicate adds
/// nothing: what another one would change is not seen.
public struct CrossedMean: Sendable, Equatable, Codable {
  /// The mean.
  public let mean: Double
  /// The estimated variance of the mean.
  public let variance: Double
  /// The degrees of freedom of that.
  public let degreesOfFreedom: Double

  /// The mean of values, or of sums of values; nil for fewer than two units, of which no variance can be
  /// seen.
  ///
  /// - Parameters:
  ///   - sides: For every side a row a replicate, in it a value a unit; a unit's value is the sum over sides
  ///     of its mean over replicates. One side of one replicate are plain values.
  ///   - weights: One a unit, of sum 1; nil for equal ones.
  ///   - strata: The stratum of every unit, where units were drawn in strata of fixed sizes, within which
  ///     weights are equal: A is then of the deviations within strata. Strata of one unit are taken together.
  /// - Complexity: O(values).
  public init?(_ sides: [[[Double]]], weights: [Double]? = nil, strata: [Int]? = nil) {
    guard let count = sides.first?.first?.count, count > 1 else { return nil }
    precondition(sides.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.count == count } })
    precondition(weights?.count ?? count == count && strata?.count ?? count == count)
    let weights = weights ?? [Double](repeating: 1 / Double(count), count: count)
    var sums = [Double](repeating: 0, count: count)
    var parts: [Part] = []
    for side in sides {
      let means = Self.means(side)
      for unit in sums.indices { sums[unit] += means[unit] }
      if side.count > 1 { parts.append(Part(side, means: means, weights: weights)) }
    }
    let mean = zip(weights, sums).reduce(0) { $0 + $1.0 * $1.1 }
    let units = Self.units(sums, weights, strata)
    let scale = Double(count) - 1
    var variance = parts.reduce(units.variance) { $0 + $1.replicates - $1.residuals }
    var squares = units.variance * units.variance / units.freedom
    for part in parts {
      squares += part.replicates * part.replicates / part.freedom
      squares += part.residuals * part.residuals / (part.freedom * scale)
    }
    var freedom = squares > 0 ? variance * variance / squares : units.freedom
    // A part alone is never more than the whole.
    if units.variance >= variance { (variance, freedom) = (units.variance, units.freedom) }
    for part in parts where part.replicates > variance {
      (variance, freedom) = (part.replicates, part.freedom)
    }
    self.mean = mean
    self.variance = variance
    degreesOfFreedom = max(freedom, parts.reduce(units.freedom) { min($0, $1.freedom) })
  }

  /// The mean of every unit.
  private static func means(_ side: [[Double]]) -> [Double] {
    guard side.count > 1 else { return side[0] }
    var sums = side[0]
    for row in side.dropFirst() { for unit in sums.indices { sums[unit] += row[unit] } }
    return sums.map { $0 / Double(side.count) }
  }

  /// What the replicates of a side add.
  private struct Part {
    let replicates: Double
    let residuals: Double
    let freedom: Double

    init(_ side: [[Double]], means: [Double], weights: [Double]) {
      let (count, units) = (Double(side.count), Double(means.count))
      let rows = side.map { row in zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 } }
      let mean = rows.reduce(0, +) / count
      freedom = count - 1
      replicates =
        rows.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / freedom / count
      var sum = 0.0
      for unit in means.indices {
        var squares = 0.0
        for (row, own) in zip(side, rows) {
          let residual = row[unit] - means[unit] - own + mean
          squares += residual * residual
        }
        sum += weights[unit] * weights[unit] * squares
      }
      residuals = sum / freedom / count * units / (units - 1)
    }
  }

  /// The variance of the mean over units, and its degrees of freedom.
  ///
  /// Those of a sum over strata are Satterthwaite's with squares that have no bias: that of an estimate a
  /// with ν degrees of freedom is (ν + 2) / ν of what it estimates in the mean, so that a² / (ν + 2) stands
  /// for what is divided by ν; of one stratum they are ν.
  private static func units(
    _ values: [Double], _ weights: [Double], _ strata: [Int]?
  ) -> (variance: Double, freedom: Double) {
    var groups = [Array(values.indices)]
    if let strata {
      let byStratum = Dictionary(grouping: values.indices) { strata[$0] }
      let sorted = byStratum.keys.sorted().compactMap { byStratum[$0] }
      groups = sorted.filter { $0.count > 1 }
      let single = sorted.filter { $0.count == 1 }.flatMap(\.self)
      // One alone is taken together with another stratum.
      if single.count > 1 { groups.append(single) } else if !single.isEmpty { groups[0] += single }
    }
    var (variance, squares) = (0.0, 0.0)
    for group in groups {
      let total = group.reduce(0) { $0 + weights[$1] }
      let mean = group.reduce(0) { $0 + weights[$1] * values[$1] } / total
      let sum = group.reduce(0) { sum, unit in
        let part = weights[unit] * (values[unit] - mean)
        return sum + part * part
      }
      let freedom = Double(group.count - 1)
      let own = sum * Double(group.count) / freedom
      variance += own
      squares += own * own / (freedom + 2)
    }
    return (
      variance, squares > 0 ? variance * variance / squares - 2 : Double(values.count - 1)
    )
  }

  /// Student's interval of the mean.
  ///
  /// - Parameter confidence: The probability between the ends, such as 0.95.
  /// - Returns: The interval; nil where the variance is 0 or no number.
  public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
    guard variance > 0, variance.isFinite, mean.isFinite else { return nil }
    let half = halfWidth(confidence: confidence)
    return ConfidenceInterval(low: mean - half, high: mean + half, method: .crossedT)
  }

  /// Half the length of Student's interval.
  func halfWidth(confidence: Double) -> Double {
    quantile(confidence: confidence) * variance.squareRoot()
  }

  /// Student's t of the upper end.
  func quantile(confidence: Double) -> Double {
    StudentDistribution.quantile((1 + confidence) / 2, degreesOfFreedom: degreesOfFreedom)
  }
}
