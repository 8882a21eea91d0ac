/// How far two points of a diagram are from each other, and a point from the diagonal.
///
/// The raw value is the exponent p of its norm, as options and tables spell it.
public enum GroundMetric: String, Sendable, CaseIterable {
  /// The larger of the two differences; a point is half its persistence from the diagonal.
  case infinity = "inf"
  /// The straight line; a point is its persistence/√2 from the diagonal.
  case euclidean = "2"

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
