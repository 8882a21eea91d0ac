import LinearAlgebra

/// The ways in which the two members of pairs are exchanged, each pair for itself: all that there are where
/// those are few, else random ones.
///
/// To exchange all pairs changes nothing but the names of the two groups, so the last pair is never
/// exchanged: of K pairs there are 2^(K − 1) ways. Tests that share their swaps keep what their statistics
/// have in common.
public struct PairSwaps: Sendable {
  /// The number of pairs, K.
  public let count: Int
  /// The number of ways.
  public let ways: Int
  /// Whether they are all that there are, the pairs as they are, which come first, among them.
  public let isExact: Bool
  private let stream: RandomStream

  /// The swaps of some pairs.
  ///
  /// - Parameters:
  ///   - count: How many pairs there are, 1 or more.
  ///   - resampling: How many random ways, and the seed. All ways are taken where they are no more than
  ///     those and the one that was observed.
  public init(count: Int, resampling: Resampling) {
    precondition(count >= 1)
    self.count = count
    stream = resampling.stream("pair swaps")
    let limit = resampling.replicates + 1
    isExact = count - 1 < Int.bitWidth - 2 && 1 << (count - 1) <= limit
    ways = isExact ? 1 << (count - 1) : resampling.replicates
  }

  /// The signs of the pairs in one of the ways, −1 where a pair is exchanged.
  ///
  /// - Complexity: O(K).
  public func signs(_ way: Int) -> [Double] {
    precondition((0..<ways).contains(way))
    if isExact { return (0..<count).map { way >> $0 & 1 == 1 ? -1 : 1 } }
    let words = stream.words(part: way, count: (count + 31) / 32)
    return (0..<count).map { words[$0 >> 5] >> UInt32($0 & 31) & 1 == 1 ? -1 : 1 }
  }

  /// The probability that follows from how many of the ways are as extreme as what was observed: b / m of
  /// all, which has the observed one among them, (b + 1) / (m + 1) of random ones (Phipson and Smyth 2010,
  /// doi:10.2202/1544-6115.1585).
  public func pValue(extreme: Int) -> Double {
    isExact ? Double(extreme) / Double(ways) : Double(extreme + 1) / Double(ways + 1)
  }

  /// The least p-value that a test can have.
  ///
  /// - Parameter pairs: How many of the pairs it has.
  /// - Returns: 1 / 2^(pairs − 1), and no less than 1 / (m + 1) of m random ways.
  public func least(pairs: Int) -> Double {
    precondition((1...count).contains(pairs))
    return max(Self.leastOfAll(pairs: pairs), isExact ? 0 : 1 / Double(ways + 1))
  }

  /// The least p-value that all ways to exchange some pairs allow: 1 / 2^(pairs − 1).
  public static func leastOfAll(pairs: Int) -> Double {
    precondition(pairs >= 1)
    return pairs - 1 < Int.bitWidth - 2 ? 1 / Double(1 << (pairs - 1)) : 0
  }
}
