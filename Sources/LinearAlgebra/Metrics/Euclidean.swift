extension Metric {
  /// √Σ (x_k − y_k)².
  public static let euclidean = Metric(
    name: "euclidean", words: "the length of the difference", isMetric: true,
    displacementBound: triangleBound, computation: .kernel(Kernel(.squares, .root)))
}
