/// How far two points of a diagram are from each other, and a point from the diagonal.
public enum GroundMetric: String, Sendable, CaseIterable {
  /// The larger of the two differences; a point is half its persistence from the diagonal.
  case infinity
  /// The straight line; a point is its persistence/√2 from the diagonal.
  case euclidean

  /// The distance of two points whose coordinates differ by `dx` and `dy`.
  ///
  /// Rounding preserves order: smaller differences never give a larger distance, which is what
  /// makes the exclusion of whole boxes of points exact.
  @inline(__always)
  func distance(_ dx: Double, _ dy: Double) -> Double {
    switch self {
    case .infinity: max(abs(dx), abs(dy))
    case .euclidean: (dx * dx + dy * dy).squareRoot()
    }
  }

  /// The distance from the diagonal of a point of that persistence.
  func toDiagonal(_ persistence: Double) -> Double {
    switch self {
    case .infinity: persistence / 2
    case .euclidean: persistence / 2.0.squareRoot()
    }
  }
}
