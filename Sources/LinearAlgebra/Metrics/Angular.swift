extension Metric {
  /// The angle between the points as vectors, in radians from 0 to π.
  public static let angular = Metric(
    name: "angular", words: "the angle at the origin, in radians", directionsFrom: .zero,
    isMetric: true, displacementBound: triangleBound,
    computation: .kernel(Kernel(.squares, .angle)))
}
