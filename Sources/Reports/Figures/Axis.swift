/// An axis of a panel.
struct Axis: Sendable {
  var label = ""
  var range = 0.0...1.0
  var ticks: [Tick] = []
  /// Whether it grows downwards or to the left.
  var isReversed = false
  var tickFontSize = FigureStyle.tickFontSize
  /// Whether ticks' labels stand upright.
  var isRotated = false

  /// The size of its ticks' labels as drawn.
  var textSize: Double { max(tickFontSize, FigureStyle.leastFontSize) }

  /// Where a number lies, as a share of the axis from its left or lower end.
  func share(_ value: Double) -> Double {
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return isReversed ? 1 - share : share
  }

  /// The ticks whose labels do not touch one that is shown.
  ///
  /// - Parameters:
  ///   - length: The length of the axis in points.
  ///   - isBeside: Whether labels stand beside each other by their height, not their width.
  /// - Returns: Places in `ticks`: the first in order that has room, and so on.
  func legibleLabels(_ length: Double, isBeside: Bool) -> Set<Int> {
    var shown: Set<Int> = []
    var taken: [ClosedRange<Double>] = []
    for (place, tick) in ticks.enumerated() where !tick.label.isEmpty {
      let middle = share(tick.value) * length
      let half =
        isBeside
        ? 0.5 * textSize : 0.5 * TextWidth.points(tick.label, size: textSize) + 1
      let own = middle - half...middle + half
      guard !taken.contains(where: { $0.overlaps(own) }) else { continue }
      taken.append(own)
      shown.insert(place)
    }
    return shown
  }
}
