/// Bins of one width along an axis, of which a table has those that hold something.
struct EvenBins: Sendable {
  /// The lower end of the first.
  let low: Double
  let width: Double
  /// How many there are, from the first to the last that is named.
  let count: Int

  /// The bins that hold those named; nil without a bin, for one of no width, and for more than `most`.
  ///
  /// - Parameters:
  ///   - lows: Lower ends.
  ///   - highs: Upper ends, as many.
  ///   - most: The most bins to make.
  init?(lows: [Double], highs: [Double], most: Int) {
    guard let low = lows.min(), let high = highs.max(),
      let width = zip(lows, highs).map({ $1 - $0 }).min(), width > 0
    else { return nil }
    let count = ((high - low) / width).rounded()
    guard count >= 1, count <= Double(most) else { return nil }
    self.low = low
    self.width = width
    self.count = Int(count)
  }

  /// The bin that begins at a number; nil for one outside.
  func place(_ low: Double) -> Int? {
    let place = ((low - self.low) / width).rounded()
    return place >= 0 && place < Double(count) ? Int(place) : nil
  }

  /// An axis on which bin i lies at i, with ticks of the numbers themselves.
  func axis(label: String) -> Axis {
    let ends = low...low + Double(count) * width
    return Axis(
      label: label, range: -0.5...Double(count) - 0.5,
      ticks: Scale.linear(ends).map {
        Tick(value: ($0.value - low) / width - 0.5, label: $0.label)
      })
  }
}
