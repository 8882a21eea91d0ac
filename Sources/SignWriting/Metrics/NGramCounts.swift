/// How often every run of n elements occurs in a sequence.
struct NGramCounts<Element: Hashable & Sendable>: Sendable {
  private(set) var counts: [ArraySlice<Element>: Int]
  /// All of them.
  let total: Int

  /// The counts of one order.
  ///
  /// Time and memory O(elements · order).
  init(_ elements: [Element], order: Int) {
    var counts: [ArraySlice<Element>: Int] = [:]
    total = max(0, elements.count - order + 1)
    for start in 0..<total { counts[elements[start..<start + order], default: 0] += 1 }
    self.counts = counts
  }

  /// For every run the greater count of the two.
  mutating func formUnion(_ other: NGramCounts) {
    counts.merge(other.counts, uniquingKeysWith: max)
  }

  /// How many runs of `self` the other has too, each as often as it occurs in both.
  func matches(in other: NGramCounts) -> Int {
    counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) }
  }
}
