/// How pieces of work are shared out, decided by the pieces alone.
enum ShardPartition {
  /// Shares out pieces that are best done side by side, as cells of the same images are: each shard gets a run of
  /// neighbours, of nearly the same weight.
  ///
  /// - Parameters:
  ///   - weights: What each piece takes, from 0.
  ///   - shards: How many shards there are.
  /// - Returns: The shard of each, ascending.
  /// - Complexity: O(n).
  static func neighbors(weights: [Int], shards: Int) -> [Int] {
    let total = weights.reduce(0, +)
    guard total > 0 else { return weights.map { _ in 0 } }
    var before = 0
    return weights.map { weight in
      defer { before += weight }
      // The middle of a piece decides; so many pieces times so many shards are far from an overflow.
      return min(
        Int(Double(shards) * (Double(before) + Double(weight) / 2) / Double(total)), shards - 1)
    }
  }

  /// Shares out pieces that stand by themselves: the heaviest first, each to the shard that has least.
  ///
  /// Graham's rule, at most 4/3 of the least possible maximum (doi:10.1137/0117039).
  ///
  /// - Parameters:
  ///   - weights: What each piece takes, from 0.
  ///   - shards: How many shards there are.
  /// - Returns: The shard of each.
  /// - Complexity: O(n log n + n · shards).
  static func balanced(weights: [Double], shards: Int) -> [Int] {
    var loads = [Double](repeating: 0, count: shards)
    var result = [Int](repeating: 0, count: weights.count)
    for piece in weights.indices.sorted(by: { (-weights[$0], $0) < (-weights[$1], $1) }) {
      let shard = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
      result[piece] = shard
      // What costs nothing is shared out too.
      loads[shard] += max(weights[piece], 1)
    }
    return result
  }
}
