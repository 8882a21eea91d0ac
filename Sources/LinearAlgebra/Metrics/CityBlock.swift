extension Metric {
  /// Σ |x_k − y_k|.
  public static let cityblock = Metric(
    name: "cityblock", words: "the sum of the coordinates' differences", isMetric: true,
    displacementBound: triangleBound, computation: .kernel(Kernel(.absolutes, .itself)))
}
