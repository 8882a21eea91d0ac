import LinearAlgebra

/// Labels shared out among parts so that no label is in two of them.
public struct LabelSplit: Sendable {
  /// The part of every label that occurs.
  public let parts: [String: Int]

  /// Shares labels out.
  ///
  /// Labels are ordered by a random number that the seed and the label's own name decide, and cut in the
  /// proportions asked for: the order of the rows, and how many rows a label has, change nothing.
  ///
  /// - Parameters:
  ///   - labels: Labels; repeats do no harm.
  ///   - shares: The share of the labels in each part, 0 or more, not all 0.
  ///   - seed: The seed.
  /// - Throws: `AnalysisError.invalid` when there are fewer labels than parts with a share, or a part
  ///   would get none.
  /// - Complexity: O(n log n).
  public init(_ labels: some Sequence<String>, shares: [Double], seed: UInt64) throws {
    let total = shares.reduce(0, +)
    guard shares.allSatisfy({ $0 >= 0 }), total > 0, total < 1e300 else {
      throw AnalysisError.invalid(
        "shares of \(shares); expected numbers of 0 and more, one of them above 0, whose sum is below "
          + "1e300")
    }
    let order = Set(labels).map { label -> (key: UInt64, label: String) in
      var stream = RandomStream(domain: "linkage/split", seed: seed, identity: label.utf8)
      return (stream.next(), label)
    }.sorted { ($0.key, $0.label) < ($1.key, $1.label) }
    var parts: [String: Int] = [:]
    var (start, sum) = (0, 0.0)
    for (part, share) in shares.enumerated() {
      sum += share
      let end =
        part == shares.count - 1
        ? order.count : Int((Double(order.count) * sum / total).rounded())
      guard end > start || share == 0 else {
        throw AnalysisError.invalid(
          "\(order.count) labels are too few for shares of \(shares): one part would get none")
      }
      if share > 0 { for place in start..<end { parts[order[place].label] = part } }
      start = max(start, end)
    }
    self.parts = parts
  }
}
