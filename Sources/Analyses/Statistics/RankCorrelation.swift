/// A correlation that depends on the order of numbers only.
public enum RankCorrelation: String, Sendable, CaseIterable, Codable {
  /// Pearson's correlation of ranks, where equal numbers share the mean of their ranks (Spearman 1904,
  /// doi:10.2307/1412159).
  case spearman
  /// Kendall's τ-b: pairs in the same order less pairs in opposite order, over the geometric mean of the
  /// pairs that differ in x and in y (Kendall 1945, doi:10.1093/biomet/33.3.239).
  case kendall

  /// The correlation of pairs of numbers.
  ///
  /// - Parameters:
  ///   - x: Numbers, none NaN; infinities are the largest. Two million at most.
  ///   - y: As many.
  /// - Returns: From −1 to 1; nil when all of x or all of y are equal, or there are fewer than two pairs.
  /// - Complexity: O(n log n).
  public func of(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count)
    var scratch = RankedClasses.Scratch()
    return RankedClasses(x.map { [$0] }, y.map { [$0] }, conditions: [0], correlation: self)
      .drawn([Int32](repeating: 1, count: x.count), &scratch)
  }

  /// The place of each number among the different ones in ascending order, from 0.
  static func places(_ numbers: [Double]) -> [Int] {
    precondition(!numbers.contains(where: \.isNaN))
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var places = [Int](repeating: 0, count: numbers.count)
    var place = 0
    for (index, next) in zip(order, order.dropFirst()) {
      if numbers[next] > numbers[index] { place += 1 }
      places[next] = place
    }
    return places
  }
}
