/// How many classes of one dimension live at each value of the filtration.
///
/// β(t) = #{(b, d) : b ≤ t < d}, a step function; essential bars count from their birth on for
/// ever, bars of length zero never (Edelsbrunner, Letscher and Zomorodian 2002,
/// doi:10.1007/s00454-002-2885-2).
public struct BettiCurve: Sendable, Hashable {
  /// The values at which the number changes, ascending; −∞ first if bars are born there.
  public let breakpoints: [Double]
  /// The number from each breakpoint on, up to the next; before the first there is no class.
  public let counts: [Int]

  /// The number of classes that live at `value`.
  ///
  /// - Complexity: O(log n) for n breakpoints.
  public func count(at value: Double) -> Int {
    var (low, high) = (0, breakpoints.count)
    while low < high {
      let middle = (low + high) / 2
      if breakpoints[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : counts[low - 1]
  }

  /// The numbers at the values of a grid.
  ///
  /// - Complexity: O(log n) a value for n breakpoints.
  public func counts(on grid: SampleGrid) -> [Int] { grid.values.map(count(at:)) }
}

extension PersistenceDiagram {
  /// The Betti curve of one dimension, exact.
  ///
  /// - Complexity: O(n log n) for n bars.
  public func bettiCurve(dimension: Int) -> BettiCurve {
    let bars = bars(dimension: dimension).filter { $0.persistence > 0 }
    // A bar that never dies has no end on the line.
    let changes =
      (bars.map { (value: $0.birth, change: 1) }
      + bars.filter { $0.death < .infinity }.map { (value: $0.death, change: -1) })
      .sorted { $0.value < $1.value }
    var breakpoints: [Double] = []
    var counts: [Int] = []
    var index = 0
    var count = 0
    while index < changes.count {
      let value = changes[index].value
      let before = count
      while index < changes.count, changes[index].value == value {
        count += changes[index].change
        index += 1
      }
      guard count != before else { continue }
      breakpoints.append(value)
      counts.append(count)
    }
    return BettiCurve(breakpoints: breakpoints, counts: counts)
  }
}
