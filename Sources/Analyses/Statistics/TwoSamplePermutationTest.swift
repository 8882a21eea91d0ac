public import LinearAlgebra
import RealModule

/// A test of whether two groups of objects, known by their distances only, come from one distribution.
///
/// Method: Robinson and Turner 2017 (doi:10.1007/s41468-017-0008-7), for groups of persistence diagrams.
/// The loss is the sum over both groups of Σ d_ij^q / (2 n (n − 1)) over their ordered pairs; the
/// probability is that of a loss as small when objects are dealt out to the groups at random.
///
/// For independent groups alone. No command has any: the diagrams of a run are of the same classes under
/// every condition, and for pairs this test is so conservative that it finds next to nothing;
/// `PairedSwapTest` is theirs.
public struct TwoSamplePermutationTest: Codable, Sendable, Equatable {
  /// The most ways of dealing objects out that are gone through one by one.
  static let exactLimit = 20_000

  /// The loss of the groups as they are.
  public let loss: Double
  /// The mean loss of the groups as they might have been.
  public let meanLoss: Double
  /// The probability, under the hypothesis, of a loss as small, or smaller; (b + 1) / (m + 1) of m random
  /// ways.
  public let pValue: Double
  /// Whether all ways were gone through.
  public let isExact: Bool

  /// The test.
  ///
  /// - Parameters:
  ///   - distances: [n, n], symmetric, finite, those of the first group first.
  ///   - firstCount: The size of the first group; both have two objects or more.
  ///   - exponent: q, above 0.
  ///   - resampling: Random ways where all are too many. The same for any number of threads.
  ///   - control: Asked before every way.
  /// - Throws: `CancellationError`; `AnalysisError.invalid` for a distance that is negative or not finite, and for groups that
  ///   are too small.
  /// - Complexity: O(n²) a way.
  public init(
    distances: Matrix<Double>, firstCount: Int, exponent: Double = 1, resampling: Resampling,
    control: ComputationControl = ComputationControl()
  ) throws {
    let count = distances.rows
    precondition(distances.columns == count && exponent > 0)
    guard firstCount >= 2, count - firstCount >= 2 else {
      throw AnalysisError.invalid(
        "groups of \(firstCount) and \(count - firstCount); each needs two objects or more")
    }
    for (place, distance) in distances.values.enumerated()
    where !(0..<Double.infinity).contains(distance) {
      throw AnalysisError.invalid(
        "the distance of objects \(place / count) and \(place % count) (counted from 0) is "
          + "\(distance); expected a finite number from 0")
    }
    let powers = Matrix(
      rows: count, columns: count, values: distances.values.map { Double.pow($0, exponent) })
    @Sendable func loss(_ first: [Int]) -> Double {
      var isFirst = [Bool](repeating: false, count: count)
      for object in first { isFirst[object] = true }
      let second = (0..<count).filter { !isFirst[$0] }
      return [first, second].reduce(0) { sum, group in
        var inner = 0.0
        for i in group.indices.dropFirst() {
          for j in 0..<i { inner += powers[group[i], group[j]] }
        }
        return sum + inner / Double(group.count * (group.count - 1))
      }
    }
    let observed = loss(Array(0..<firstCount))
    self.loss = observed
    let largest = observed * (1 + 1e-12)
    if let ways = Self.ways(firstCount, of: count) {
      isExact = true
      let losses = try Parallel.tryMap(count: ways.count) {
        try control.check()
        return loss(ways[$0])
      }
      meanLoss = losses.reduce(0, +) / Double(losses.count)
      pValue = Double(losses.count { $0 <= largest }) / Double(losses.count)
    } else {
      isExact = false
      let stream = resampling.stream("groups")
      let losses = try Parallel.tryMap(count: resampling.replicates) { replicate in
        try control.check()
        return loss(
          stream.order(count, part: replicate, chosen: firstCount).prefix(firstCount).sorted())
      }
      meanLoss = losses.reduce(0, +) / Double(losses.count)
      pValue = Double(losses.count { $0 <= largest } + 1) / Double(losses.count + 1)
    }
  }

  /// All choices of some of the objects, in lexicographic order; nil when they are too many.
  private static func ways(_ chosen: Int, of count: Int) -> [[Int]]? {
    var number = 1
    for k in 0..<min(chosen, count - chosen) {
      number = number * (count - k) / (k + 1)
      if number > exactLimit { return nil }
    }
    var ways = [Array(0..<chosen)]
    while var next = ways.last,
      let place = next.indices.last(where: { next[$0] < count - chosen + $0 })
    {
      let start = next[place] + 1
      for i in place..<chosen { next[i] = start + i - place }
      ways.append(next)
    }
    return ways
  }
}
