import LinearAlgebra

/// Which pairs an epoch's batches hold, decided by the seed and the epoch alone.
struct BatchPlan: Equatable {
  /// The pairs of every batch, by number.
  let batches: [[Int]]

  /// Pairs in any order.
  ///
  /// The last batch is the smaller one; a single pair left over joins the batch before it.
  ///
  /// - Parameters:
  ///   - count: The number of pairs.
  ///   - size: Pairs in a batch.
  ///   - seed: The seed.
  ///   - epoch: The epoch.
  init(shuffling count: Int, size: Int, seed: UInt64, epoch: Int) {
    var random = Self.random(seed, epoch)
    batches = Self.cut(Array(0..<count).shuffled(using: &random), size: size, least: 2)
  }

  /// Several pairs of each label together, every pair once an epoch.
  ///
  /// Each label's pairs, in random order, are cut into groups of `perLabel`. Rounds of one group of every
  /// label that has any left, in random order, follow each other. With neighbours, a group that comes up is
  /// followed at once by the next groups of the labels that are hard to tell from its own, so that they
  /// share a batch. Batches are cut between groups: of a batch's labels hardly any comes twice while all
  /// labels last. A group of one pair has no partner, and is left out of this epoch where labels are what
  /// the loss compares.
  ///
  /// Source: m-per-class sampling as in Musgrave et al. 2020, arXiv:2008.09164; hard negatives by
  /// nearest neighbours.
  ///
  /// - Parameters:
  ///   - labels: The label of every pair; pairs without one are left out.
  ///   - perLabel: The pairs of a group.
  ///   - size: The most pairs in a batch, at least `perLabel`.
  ///   - needsPartners: Whether groups of one are left out.
  ///   - neighbors: For every label those nearest to it, the nearest first; nil for none.
  ///   - seed: The seed.
  ///   - epoch: The epoch.
  init(
    labels: [Int?], perLabel: Int, size: Int, needsPartners: Bool, neighbors: [[Int]]? = nil,
    seed: UInt64, epoch: Int
  ) {
    precondition(perLabel > 0 && perLabel <= size)
    var random = Self.random(seed, epoch)
    var groups = Self.groups(
      labels, perLabel: perLabel, needsPartners: needsPartners, using: &random)
    var order: [[Int]] = []
    func take(_ label: Int) {
      if let group = groups[label].popLast() { order.append(group) }
    }
    while true {
      let round = groups.indices.filter { !groups[$0].isEmpty }.shuffled(using: &random)
      if round.isEmpty { break }
      var taken = Set<Int>()
      for label in round where taken.insert(label).inserted {
        take(label)
        for neighbor in neighbors?[label] ?? [] where taken.insert(neighbor).inserted {
          take(neighbor)
        }
      }
    }
    var batches: [[Int]] = []
    for group in order {
      if let last = batches.last, last.count + group.count <= size {
        batches[batches.count - 1] += group
      } else {
        batches.append(group)
      }
    }
    // One label alone has nothing to be told from.
    if batches.count > 1, let last = batches.last, last.count < 2 * perLabel {
      batches.removeLast()
      batches[batches.count - 1] += last
    }
    self.batches = batches
  }

  private static func random(_ seed: UInt64, _ epoch: Int) -> RandomStream {
    RandomStream(domain: "training/order", seed: seed, identity: "\(epoch)".utf8)
  }

  /// Every label's pairs in random order, cut into groups.
  private static func groups(
    _ labels: [Int?], perLabel: Int, needsPartners: Bool, using random: inout RandomStream
  ) -> [[[Int]]] {
    let count = (labels.compactMap(\.self).max() ?? -1) + 1
    var rows = [[Int]](repeating: [], count: count)
    for (row, label) in labels.enumerated() { if let label { rows[label].append(row) } }
    return rows.map { rows in
      cut(rows.shuffled(using: &random), size: perLabel, least: 1)
        .filter { !needsPartners || $0.count > 1 }
    }
  }

  /// Pieces of `size`; one smaller than `least` is added to the one before it.
  private static func cut(_ rows: [Int], size: Int, least: Int) -> [[Int]] {
    var pieces = stride(from: 0, to: rows.count, by: size).map {
      Array(rows[$0..<min($0 + size, rows.count)])
    }
    if pieces.count > 1, let last = pieces.last, last.count < least {
      pieces.removeLast()
      pieces[pieces.count - 1] += last
    }
    return pieces
  }
}
