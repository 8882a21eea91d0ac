public import LinearAlgebra

/// The smallest correlation that a design finds with some probability: what "nothing was found" is worth.
///
/// Method: the numbers stay what they are, with all their ties, levels and seeds, and classes are dealt to each other
/// in orders that favour a relation: class k has the score r · aₖ + √(1 − r²) · ε, where aₖ is the normal score of its
/// mean rank in x and ε is standard normal, and gets the y of the class whose mean rank in y is in the place of that
/// score. With r = 0 that is a permutation of classes, the null; the larger r, the larger the correlation. The r is
/// looked for with which so large a share of the correlations is above the critical value, and the mean correlation
/// with that r is the answer. The same random numbers serve every r.
public struct DetectableCorrelation: Sendable {
  /// The probability of finding it.
  public static let power = 0.8
  /// How often classes are dealt for each r.
  public static let draws = 400
  /// How often the r is halved towards.
  private static let steps = 8

  private let classCount: Int
  /// [draws, classes]
  private let noise: [Double]
  private let draws: Int

  /// The random numbers for so many classes.
  ///
  /// - Parameters:
  ///   - classCount: How many classes there are.
  ///   - resampling: How many draws, and the seed.
  public init(classCount: Int, resampling: Resampling) {
    self.classCount = classCount
    draws = resampling.replicates
    noise = resampling.stream("detectable/\(classCount)").normals(count: draws * classCount).map {
      Double($0)
    }
  }

  /// The smallest correlation that is found.
  ///
  /// - Parameters:
  ///   - x: For each class, a number for each condition; none NaN.
  ///   - y: The same.
  ///   - levels: The level of each condition.
  ///   - scope: Which numbers are put into one order.
  ///   - correlation: Spearman's or Kendall's.
  ///   - critical: What a correlation has to exceed in size to be found.
  ///   - control: Asked before every draw.
  /// - Returns: Above 0; nil where even the strongest relation that the numbers allow is found less often.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n) of the scope's numbers, of Kendall's O(n log n), for each of 9 · draws, on one thread.
  public func smallest(
    _ x: [[Double]], _ y: [[Double]], levels: [Int], scope: LeveledCorrelation.Scope,
    correlation: RankCorrelation, critical: Double,
    control: ComputationControl = ComputationControl()
  ) throws -> Double? {
    precondition(x.count == classCount)
    let ranks = LeveledRanks(x, y, levels: levels, scopes: [scope], correlation: correlation)
    let orders = scope.orders(levels)
    let scores = Self.normalScores(Self.standing(x, orders))
    let standing = Self.standing(y, orders)
    let ascending = standing.indices.sorted { (standing[$0], $0) < (standing[$1], $1) }
    var scratch = RankedClasses.Scratch()
    func found(_ r: Double) throws -> (share: Double, mean: Double)? {
      var (count, sum) = (0, 0.0)
      let rest = max(0, 1 - r * r).squareRoot()
      for draw in 0..<draws {
        try control.check()
        let noise = self.noise[draw * classCount..<(draw + 1) * classCount]
        let dealt = zip(scores, noise).map { r * $0 + rest * $1 }
        var order = [Int](repeating: 0, count: classCount)
        let places = dealt.indices.sorted {
          (dealt[$0], noise[noise.startIndex + $0], $0)
            < (dealt[$1], noise[noise.startIndex + $1], $1)
        }
        for (place, label) in places.enumerated() { order[label] = ascending[place] }
        guard let value = ranks.permuted(order, &scratch)[0] else { return nil }
        sum += value
        if abs(value) > critical + LeveledCorrelation.tolerance { count += 1 }
      }
      return (Double(count) / Double(draws), sum / Double(draws))
    }
    guard let strongest = try found(1), strongest.share >= Self.power else { return nil }
    var (low, high, mean) = (0.0, 1.0, strongest.mean)
    for _ in 0..<Self.steps {
      let middle = (low + high) / 2
      guard let tried = try found(middle) else { return nil }
      if tried.share >= Self.power {
        (high, mean) = (middle, tried.mean)
      } else {
        low = middle
      }
    }
    return mean > 0 ? mean : nil
  }

  /// The mean over orders and conditions of the place of each class among all numbers of the order, from 0 to 1.
  private static func standing(_ values: [[Double]], _ orders: [[Int]]) -> [Double] {
    var sums = [Double](repeating: 0, count: values.count)
    for conditions in orders {
      let numbers = values.flatMap { row in conditions.map { row[$0] } }
      let ranks = midranks(numbers)
      for (index, rank) in ranks.enumerated() {
        sums[index / conditions.count] += rank / Double(numbers.count)
      }
    }
    return sums
  }

  /// The ranks from 1, equal numbers with the mean of theirs.
  private static func midranks(_ numbers: [Double]) -> [Double] {
    let places = RankCorrelation.places(numbers)
    var counts = [Int](repeating: 0, count: (places.max() ?? -1) + 1)
    for place in places { counts[place] += 1 }
    var (ranks, before) = ([Double](), 0)
    for count in counts {
      ranks.append(Double(before) + Double(count + 1) / 2)
      before += count
    }
    return places.map { ranks[$0] }
  }

  /// The normal quantiles of the ranks (van der Waerden's scores).
  private static func normalScores(_ numbers: [Double]) -> [Double] {
    midranks(numbers).map { NormalDistribution.quantile($0 / Double(numbers.count + 1)) }
  }
}
