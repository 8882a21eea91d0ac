/// The sequences that make up a batch, one after the other.
struct TokenSequences: Sendable {
  /// Tokens of each.
  let lengths: [Int]
  /// Whether a token sees only those before it and itself.
  let isCausal: Bool
  /// Tokens of all.
  let total: Int

  init(lengths: [Int], isCausal: Bool) {
    precondition(lengths.allSatisfy { $0 > 0 })
    self.lengths = lengths
    self.isCausal = isCausal
    total = lengths.reduce(0, +)
  }

  /// The rows of one position of each sequence, ascending.
  func rows(_ positions: [Int]) -> [Int] {
    precondition(positions.count == lengths.count)
    var start = 0
    return zip(positions, lengths).map { position, length in
      precondition((0..<length).contains(position))
      defer { start += length }
      return start + position
    }
  }
}
