import HeapModule

/// The merges of byte-pair encoding: which two neighbouring symbols become which one, and in what
/// order of precedence.
struct BytePairMerges: Sendable {
  private struct Merge {
    let rank: Int32
    let result: Int32
  }

  private var merges: [UInt64: Merge] = [:]

  /// The number of merges.
  var count: Int { merges.count }

  /// Adds the merge that comes after all others; false if this pair has one already.
  mutating func append(left: Int32, right: Int32, result: Int32) -> Bool {
    let merge = Merge(rank: Int32(merges.count), result: result)
    return merges.updateValue(merge, forKey: Self.key(left, right)) == nil
  }

  /// The ids of all symbols that a merge produces.
  var results: some Sequence<Int32> { merges.values.lazy.map(\.result) }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  private func merge(_ left: Int32, _ right: Int32) -> Merge? { merges[Self.key(left, right)] }

  /// Merges neighbours, always the pair of the lowest rank and of these the leftmost, until no
  /// neighbours have a merge.
  ///
  /// The symbols form a linked list, and the possible merges a heap in which entries that a merge
  /// beside them has made stale are dropped when they come up: O(n log n) for n symbols.
  func apply(to word: inout [Int32]) {
    guard word.count > 1 else { return }
    let removed: Int32 = -1
    var next = Array(1...word.count)
    var previous = Array(-1..<word.count - 1)
    var queue = Heap<Candidate>()
    func candidate(_ position: Int, _ following: Int) -> Candidate? {
      guard position >= 0, following < word.count else { return nil }
      return merge(word[position], word[following]).map {
        Candidate(rank: $0.rank, result: $0.result, position: position)
      }
    }
    func push(_ candidate: Candidate?) { if let candidate { queue.insert(candidate) } }
    for position in 0..<word.count - 1 { push(candidate(position, position + 1)) }
    while let best = queue.popMin() {
      let position = best.position
      let absorbed = next[position]
      guard word[position] != removed,
        candidate(position, absorbed)?.result == best.result
      else { continue }
      word[position] = best.result
      word[absorbed] = removed
      let following = next[absorbed]
      next[position] = following
      if following < word.count { previous[following] = position }
      push(candidate(previous[position], position))
      push(candidate(position, following))
    }
    word.removeAll { $0 == removed }
  }
}

/// A merge that may be made at a place in a word; those that compare as equal are equal.
private struct Candidate: Comparable {
  let rank: Int32
  let result: Int32
  let position: Int

  static func < (a: Candidate, b: Candidate) -> Bool {
    (a.rank, a.position) < (b.rank, b.position)
  }
}
