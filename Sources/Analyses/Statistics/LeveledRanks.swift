/// Two numbers of every class under the same conditions, in the orders that the levels of several scopes have.
struct LeveledRanks: ClassRanking {
  let classCount: Int
  /// Each order once, whatever the number of scopes that it is in.
  private let ranked: [RankedClasses]
  /// The orders of each scope, of whose correlations it is the mean.
  private let places: [[Int]]

  /// The orders of two numbers.
  ///
  /// - Parameters:
  ///   - x: For each class, a number for each condition; none NaN.
  ///   - y: The same.
  ///   - levels: The level of each condition.
  ///   - scopes: Which numbers are put into one order.
  ///   - correlation: Spearman's or Kendall's.
  init(
    _ x: [[Double]], _ y: [[Double]], levels: [Int], scopes: [LeveledCorrelation.Scope],
    correlation: RankCorrelation
  ) {
    precondition(x.count == y.count)
    precondition((x + y).allSatisfy { $0.count == levels.count })
    classCount = x.count
    let parts = scopes.map { $0.orders(levels) }
    let orders = Array(Set(parts.joined())).sorted { $0.lexicographicallyPrecedes($1) }
    ranked = orders.map { RankedClasses(x, y, conditions: $0, correlation: correlation) }
    places = parts.map { $0.compactMap(orders.firstIndex) }
  }

  func drawn(_ counts: [Int32], _ scratch: inout RankedClasses.Scratch) -> [Double?] {
    means(ranked.map { $0.drawn(counts, &scratch) })
  }

  func permuted(_ order: [Int], _ scratch: inout RankedClasses.Scratch) -> [Double?] {
    means(ranked.map { $0.permuted(order, &scratch) })
  }

  /// The mean of each scope over its orders that have a correlation.
  private func means(_ values: [Double?]) -> [Double?] {
    places.map { places in
      var (sum, count) = (0.0, 0)
      for place in places {
        if let value = values[place] { (sum, count) = (sum + value, count + 1) }
      }
      return count > 0 ? sum / Double(count) : nil
    }
  }

  /// Spearman: what each pair of classes adds to the correlation of a scope, whose sum over the pairs of an order is
  /// that of the order.
  ///
  /// - Parameters:
  ///   - scope: The scope.
  ///   - weight: What it is multiplied by.
  ///   - matrix: What it is added to, [classes, classes]: row k, column j for the y of class j given to class k.
  /// - Returns: Whether the scope has a correlation.
  func addPairs(of scope: Int, weight: Double, to matrix: inout [Double]) -> Bool {
    let defined = places[scope].filter { ranked[$0].isDefined }
    for place in defined {
      ranked[place].addPairs(weight: weight / Double(defined.count), to: &matrix)
    }
    return !defined.isEmpty
  }
}

extension LeveledCorrelation.Scope {
  /// The conditions of each of its orders.
  func orders(_ levels: [Int]) -> [[Int]] {
    switch self {
    case .level(let level): [levels.indices.filter { levels[$0] == level }]
    case .eachLevel:
      Set(levels).sorted().map { level in levels.indices.filter { levels[$0] == level } }
    case .pooled: [Array(levels.indices)]
    }
  }
}
