/// Seeds as a user writes them: `3` is the seed 3, and `0..2` are 0, 1 and 2.
struct SeedRange: Sendable, Equatable {
  /// The most seeds that a range may have: each is a condition of every level, and more is a slip.
  static let most = 1000

  /// The first and the last.
  private let bounds: ClosedRange<UInt64>

  /// The seeds of a text; nil for what is none, for a range whose last seed comes before its first, and for one of
  /// more than `most`.
  init?(_ text: String) {
    // "+3" is a number and no way to write a seed.
    guard let match = text.wholeMatch(of: /([0-9]+)(?:\.\.([0-9]+))?/),
      let first = UInt64(match.1)
    else { return nil }
    var last = first
    if let end = match.2 {
      guard let number = UInt64(end), number >= first, number - first < UInt64(Self.most) else {
        return nil
      }
      last = number
    }
    bounds = first...last
  }

  /// All of them, ascending.
  var seeds: [UInt64] { Array(bounds) }
}
