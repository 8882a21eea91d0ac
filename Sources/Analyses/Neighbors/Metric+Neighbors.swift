public import LinearAlgebra

/// Metrics in which neighbours come of scalar products.
extension Metric {
  /// Those of the registry.
  public static let ofNeighbors = all.filter { $0.finishOfSquares != nil }

  /// Their names, separated by commas.
  public static let neighborNames = ofNeighbors.map(\.name).joined(separator: ", ")

  /// The one with that name; nil when there is none.
  public static func ofNeighbors(named name: String) -> Metric? {
    ofNeighbors.first { $0.name == name }
  }

  /// How the square of a difference becomes a distance.
  ///
  /// - Throws: `AnalysisError.invalid` when the distance is no function of it.
  func requiredFinish() throws -> Kernel.Finish {
    guard let finish = finishOfSquares else {
      throw AnalysisError.invalid(
        "the metric \(name) is no function of scalar products, of which neighbours come; expected "
          + "one of \(Self.neighborNames)")
    }
    return finish
  }

  /// The directions of rows.
  ///
  /// - Parameter points: Points, shape [n, d], all finite.
  /// - Returns: A direction a row; none for a metric of points as they are given.
  /// - Throws: `AnalysisError.invalid` for a row without one.
  func directions(of points: Matrix<Float>) throws -> [Direction] {
    guard let origin else { return [] }
    return try Parallel.tryMap(count: points.rows) { i in
      let row = points.row(i).map(Double.init)
      guard let direction = Direction(of: row, from: origin, spacing: Double(Float.ulpOfOne)) else {
        throw AnalysisError.invalid(
          "row \(i) (counted from 0) is \(origin.fault) and has no direction, which the metric \(name) "
            + "compares; leave it out, or use another metric")
      }
      return direction
    }
  }

  /// Rows that have the scalar products and lengths of those which the metric compares, up to the length
  /// of a row where only its direction counts: the rows themselves, or, of directions that do not start
  /// at 0, unit vectors rounded once to float32.
  func moved(_ points: Matrix<Float>, _ directions: [Direction]) -> Matrix<Float> {
    guard let origin, !origin.isZero else { return points }
    var result = points
    for (i, direction) in directions.enumerated() {
      for k in i * points.columns..<(i + 1) * points.columns {
        let moved = Double(points.values[k]) * direction.power - direction.offset
        result.values[k] = Float(moved / direction.length)
      }
    }
    return result
  }

  /// The rows whose differences the metric compares.
  ///
  /// - Parameter points: Points, shape [n, d], all finite.
  /// - Returns: The rows as they are given, or their unit vectors.
  /// - Throws: `AnalysisError.invalid` when distances are no function of those differences, and for a row
  ///   without a direction.
  func comparedRows(_ points: Matrix<Float>) throws -> Matrix<Float> {
    _ = try requiredFinish()
    guard let origin else { return points }
    return try UnitRows(origin.isZero ? points : moved(points, directions(of: points))).rows
  }
}
