/// How often every run of n elements occurs in a sequence.
struct NGramCounts: Sendable {
  /// What elements are below: as many bits as Unicode's characters have, so that six of them fit into a key.
  static let codeBits = 21
  /// The longest runs.
  static let orders = 1...6

  private var counts: [UInt128: Int]
  /// All of them.
  let total: Int

  /// The counts of one order; O(elements) time and memory.
  ///
  /// - Parameters:
  ///   - codes: The elements, each below 2^21.
  ///   - order: n, 1 to 6.
  init(_ codes: [UInt32], order: Int) {
    precondition(Self.orders.contains(order))
    let all = (UInt128(1) << UInt128(order * Self.codeBits)) - 1
    total = max(0, codes.count - order + 1)
    counts = [:]
    counts.reserveCapacity(total)
    var key: UInt128 = 0
    for (index, code) in codes.enumerated() {
      key = (key << UInt128(Self.codeBits) | UInt128(code)) & all
      if index >= order - 1 { counts[key, default: 0] += 1 }
    }
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
