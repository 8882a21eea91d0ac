/// The same two numbers of every class, told several times from other parts of its images: the mean of Spearman's
/// correlations.
///
/// A permuted correlation is a sum over classes of what each adds with the class that it is given, and so is the mean:
/// one table of all pairs stands for all parts.
struct SplitRanks: ClassRanking {
  let classCount: Int
  private let splits: [LeveledRanks]
  /// For each scope what every pair of classes adds, [classes, classes]; nil where no split has a correlation.
  private let pairs: [[Double]?]

  /// The numbers of several splits.
  ///
  /// - Parameters:
  ///   - splits: For each split, for each class, a number for each condition; none NaN.
  ///   - levels: The level of each condition.
  ///   - scopes: Which numbers are put into one order.
  init(
    _ splits: [(x: [[Double]], y: [[Double]])], levels: [Int], scopes: [LeveledCorrelation.Scope]
  ) {
    let ranks = splits.map {
      LeveledRanks($0.x, $0.y, levels: levels, scopes: scopes, correlation: .spearman)
    }
    let count = ranks.first?.classCount ?? 0
    precondition(ranks.allSatisfy { $0.classCount == count })
    pairs = scopes.indices.map { scope in
      var matrix = [Double](repeating: 0, count: count * count)
      let defined = ranks.count { $0.addPairs(of: scope, weight: 1, to: &matrix) }
      return defined > 0 ? matrix.map { $0 / Double(defined) } : nil
    }
    self.splits = ranks
    classCount = count
  }

  func drawn(_ counts: [Int32], _ scratch: inout RankedClasses.Scratch) -> [Double?] {
    let values = splits.map { $0.drawn(counts, &scratch) }
    return pairs.indices.map { scope in
      let defined = values.compactMap { $0[scope] }
      return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
    }
  }

  func permuted(_ order: [Int], _ scratch: inout RankedClasses.Scratch) -> [Double?] {
    pairs.map { pairs in
      pairs.map { pairs in
        var sum = 0.0
        for (label, other) in order.enumerated() { sum += pairs[label * classCount + other] }
        return sum
      }
    }
  }
}
