public import LinearAlgebra

extension Metric {
  /// All distances of a cloud in float64, by a metric that computes them at once, which this must be.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Returns: The distances, [n, n].
  /// - Throws: `TopologyError.tooLarge` before anything is allocated; `.invalid` naming the row and
  ///   column of a coordinate that is not finite, or the row that has no direction; what the metric
  ///   throws.
  public func matrix(
    of points: Matrix<Double>, workers: Int, control: ComputationControl = ComputationControl()
  ) throws -> Matrix<Double> {
    try PointCloud(points, metric: self, workers: workers, control: control)
      .matrix(workers: workers, control: control)
  }
}
