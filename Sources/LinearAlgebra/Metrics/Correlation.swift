extension Metric {
  /// 1 − r with r Pearson's correlation of the points' coordinates.
  ///
  /// r is the cosine of the points less the mean of their own coordinates, so that this is half the
  /// squared distance of their directions from there, and no metric, as the cosine's. A point all of whose
  /// coordinates are equal has none. Points a·x + b with a > 0 are at 0 from x.
  public static let correlation = Metric(
    name: "correlation", words: "1 less the correlation of the coordinates (no metric)",
    directionsFrom: Origin(fault: "constant", coordinate: mean), isMetric: false,
    displacementBound: chordBound, computation: .kernel(Kernel(.squares, .half)))

  /// The mean; that of equal numbers is theirs exactly, since only differences from the first are summed.
  private static let mean: @Sendable ([Double]) -> Double = { point in
    let first = point.first ?? 0
    return first + point.reduce(0) { $0 + ($1 - first) } / Double(max(point.count, 1))
  }
}
