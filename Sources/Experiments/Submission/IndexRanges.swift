/// Indices as schedulers write them: `3,7,12-15`.
///
/// Kept as maximal runs in ascending order, so that a text is as short as can be and a large range costs nothing.
struct IndexRanges: Sendable, Equatable, CustomStringConvertible {
  /// The runs, ascending; between two of them at least one index is missing.
  let ranges: [ClosedRange<Int>]

  /// The runs of some indices, in any order, each as often as it may come.
  ///
  /// - Complexity: O(n log n).
  init(_ indices: some Sequence<Int>) {
    self.init(joining: indices.map { $0...$0 })
  }

  /// The indices of a text: numbers and ranges `first-last`, separated by commas, in any order.
  ///
  /// An empty text has none; nil for another text, for a range whose last index comes before its first, and for an index that is not
  /// below the bound.
  ///
  /// - Parameters:
  ///   - text: What `description` writes, or a user.
  ///   - bound: What every index is below.
  /// - Complexity: O(n log n) for n parts, whatever the ranges hold.
  init?(_ text: String, below bound: Int) {
    var read: [ClosedRange<Int>] = []
    for part in text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false) {
      // "+3" and " 3" are numbers and no way to write an index.
      guard let match = part.wholeMatch(of: /([0-9]+)(?:-([0-9]+))?/),
        let first = Int(match.1), let last = match.2.map({ Int($0) }) ?? first,
        first <= last, last < bound
      else { return nil }
      read.append(first...last)
    }
    self.init(joining: read)
  }

  private init(joining unordered: [ClosedRange<Int>]) {
    var joined: [ClosedRange<Int>] = []
    for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound - 1 <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    ranges = joined
  }

  /// The indices, ascending.
  var indices: [Int] { ranges.flatMap(\.self) }

  /// How many they are.
  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The runs, separated by commas: a number for a run of one, else its first and last; empty for none.
  var description: String {
    ranges.map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }.joined(separator: ",")
  }
}
