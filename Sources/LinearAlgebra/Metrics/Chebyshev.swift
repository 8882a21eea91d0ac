extension Metric {
  /// max |x_k − y_k|.
  public static let chebyshev = Metric(
    name: "chebyshev", words: "the largest of the coordinates' differences", isMetric: true,
    displacementBound: triangleBound, computation: .kernel(Kernel(.largest, .itself)))
}
