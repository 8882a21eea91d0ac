/// The distance by which points are near to each other.
public enum NeighborMetric: String, Sendable, CaseIterable {
  /// The length of the difference.
  case euclidean
  /// 1 less the cosine of the angle at the origin.
  case cosine
}
