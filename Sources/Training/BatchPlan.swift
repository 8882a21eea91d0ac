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

  /// Several pairs of each label together, no pair twice in an epoch.
  ///
  /// Each label's pairs, in random order, are cut into groups of `perLabel`. Rounds of one group of every
  /// label that has any left, in random order, follow each other. With neighbours, a group that comes up
  /// takes the next groups of the labels that are hard to tell from its own into its batch, as many as a
  /// batch holds. Batches are cut between: of a batch's labels hardly any comes twice while all labels
  /// last. Where labels are what the loss compares, groups of one pair, which has no partner, and batches
  /// of one label are left out of the epoch.
  ///
  /// Source: m-per-class sampling as in Musgrave et al. 2020, arXiv:2008.09164; hard negatives by
  /// nearest neighbours.
  ///
  /// - Parameters:
  ///   - labels: The label of every pair; pairs without one are left out.
  ///   - perLabel: The pairs of a group.
  ///   - size: The most pairs in a batch, at least `perLabel`; only the last may have one group more.
  ///   - needsPartners: Whether groups of one pair and batches of one label are left out.
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
    // What goes into one batch together.
    var units: [[Int]] = []
    while true {
      let round = groups.indices.filter { !groups[$0].isEmpty }.shuffled(using: &random)
      if round.isEmpty { break }
      var taken = Set<Int>()
      for label in round where taken.insert(label).inserted {
        var rows = groups[label].popLast() ?? []
        for neighbor in neighbors?[label] ?? [] where !taken.contains(neighbor) {
          guard let group = groups[neighbor].last, rows.count + group.count <= size else {
            continue
          }
          taken.insert(neighbor)
          rows += group
          groups[neighbor].removeLast()
        }
        units.append(rows)
      }
    }
    var batches: [[Int]] = []
    for unit in units {
      if let last = batches.last, last.count + unit.count <= size {
        batches[batches.count - 1] += unit
      } else {
        batches.append(unit)
      }
    }
    if batches.count > 1, let last = batches.last, last.count < 2 * perLabel {
      batches.removeLast()
      batches[batches.count - 1] += last
    }
    self.batches =
      needsPartners ? batches.filter { Set($0.map { labels[$0] }).count > 1 } : batches
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
