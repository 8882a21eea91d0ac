/// How far apart two points are.
public enum Metric: String, CaseIterable, Sendable {
  /// √Σ (x_k − y_k)².
  case euclidean
  /// 1 − cos φ with φ the angle between the points as vectors: half the squared distance of the
  /// unit vectors. No metric: the triangle inequality fails.
  case cosine
  /// φ, in radians from 0 to π.
  case angular
  /// Σ |x_k − y_k|.
  case cityblock
  /// max |x_k − y_k|.
  case chebyshev

  /// Whether only the directions of the points count.
  var comparesDirections: Bool { self == .cosine || self == .angular }
}
