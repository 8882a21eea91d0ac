/// Where each of some numbers stands among all of them.
package struct Percentiles: Sendable {
  private let sorted: [Float]

  /// Of numbers that are not NaN.
  ///
  /// - Complexity: O(n log n).
  package init(_ values: [Float]) { sorted = values.sorted() }

  /// 100 · (the numbers below + half of the equal ones and of one more) / all: the average rank as a share, as
  /// `rank(pct=True)` of pandas.
  ///
  /// - Parameter value: One of the numbers.
  /// - Returns: Above 0, at most 100.
  /// - Complexity: O(log n).
  package func percentile(_ value: Float) -> Double {
    let below = place { $0 < value }
    let equal = place { $0 <= value } - below
    return 100 * (Double(below) + Double(equal + 1) / 2) / Double(sorted.count)
  }

  /// The first place whose number a condition does not hold for, which holds up to some place.
  private func place(_ holds: (Float) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
