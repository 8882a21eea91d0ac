import LinearAlgebra

/// Parts of a sample that have, of every class, as many members as the others but for one.
public enum StratifiedFolds {
  /// Deals the members of every class out, in an order that their names and the seed decide, one a fold in turn.
  ///
  /// A class goes on where the one before it ended, so that the folds' sizes too differ by 1 at most. Where a
  /// member goes depends on the other members, and never on the order in which they are given.
  ///
  /// - Parameters:
  ///   - labels: The class of each member, from 0.
  ///   - names: Its name; members of the same class and name are dealt out in their order.
  ///   - count: The number of folds, at least 1.
  ///   - seed: The seed.
  /// - Returns: The fold of each member, from 0.
  /// - Complexity: O(n · log n), and a SHA-256 a name.
  public static func assign(
    labels: [Int], names: [String], count: Int, seed: UInt64
  ) -> [Int] {
    precondition(labels.count == names.count && count > 0)
    let draws = names.map { name in
      var stream = RandomStream(
        domain: "classification/folds", seed: seed, identity: name.utf8)
      return stream.next()
    }
    let order = labels.indices.sorted {
      (labels[$0], draws[$0], names[$0], $0) < (labels[$1], draws[$1], names[$1], $1)
    }
    var folds = [Int](repeating: 0, count: labels.count)
    for (place, member) in order.enumerated() { folds[member] = place % count }
    return folds
  }
}
