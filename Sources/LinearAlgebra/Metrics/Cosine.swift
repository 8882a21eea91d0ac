extension Metric {
  /// 1 − cos φ with φ the angle between the points as vectors.
  ///
  /// It is half the squared distance of the unit vectors, and no metric: the triangle inequality fails.
  public static let cosine = Metric(
    name: "cosine", words: "1 less the cosine of the angle at the origin (no metric)",
    directionsFrom: .zero, isMetric: false, displacementBound: chordBound,
    computation: .kernel(Kernel(.squares, .half)))
}
