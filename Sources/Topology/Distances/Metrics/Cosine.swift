extension Metric {
  /// 1 − cos φ with φ the angle between the points as vectors.
  ///
  /// It is half the squared distance of the unit vectors, and no metric: the triangle inequality fails.
  /// Its chords √(2d) are one. Points that move by r move by a chord of ρ = √(2r); as a chord is at most
  /// 2, half its square changes by at most 2 · 2ρ: the bound is 4 √(2r), or 2 if that is less.
  public static let cosine = Metric(
    name: "cosine", words: "1 less the cosine of the angle at the origin (no metric)",
    comparesDirections: true, isMetric: false,
    displacementBound: { min(4 * (2 * $0).squareRoot(), 2) },
    computation: .kernel(Kernel(.squares, .half)))
}
