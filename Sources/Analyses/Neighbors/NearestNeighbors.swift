public import LinearAlgebra

/// The nearest other points of every point, nearest first.
public struct NearestNeighbors: Sendable, Equatable {
  /// How many neighbours a point has, k.
  public let neighborCount: Int
  /// The neighbours' rows, shape [n, k]: by distance, then by row.
  public let indices: [Int32]
  /// Their distances, shape [n, k], ascending.
  public let distances: [Float]
  /// The share of the true neighbours that an index found, measured on a sample of rows; nil for exact
  /// neighbours.
  public let recall: Double?

  /// The number n of points that have neighbours.
  public var rowCount: Int { indices.count / neighborCount }

  /// Wraps neighbours that are already found.
  public init(
    neighborCount: Int, indices: [Int32], distances: [Float], recall: Double? = nil
  ) {
    precondition(neighborCount > 0 && indices.count % neighborCount == 0)
    precondition(indices.count == distances.count)
    self.neighborCount = neighborCount
    self.indices = indices
    self.distances = distances
    self.recall = recall
  }

  /// The exact nearest other rows of every row.
  ///
  /// Equal distances are ordered by row, and a copy of a row is its neighbour at distance 0. See
  /// `NeighborSearch` for the method.
  ///
  /// - Parameters:
  ///   - points: Points, shape [n, d].
  ///   - count: How many neighbours, from 1 to n − 1.
  ///   - metric: The distance.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError` for a count out of range, a metric that products do not serve (see
  ///   `Metric.ofNeighbors`), an element that is not finite, and a row without a direction when the metric
  ///   compares directions; `CancellationError`.
  /// - Complexity: O(n² · d).
  public init(
    of points: Matrix<Float>, count: Int, metric: Metric,
    control: ComputationControl = ComputationControl()
  ) throws {
    try Self.require(count: count, of: points)
    let search = try NeighborSearch(among: points, metric: metric)
    self = try search.neighborsOfAll(count: count, control: control)
  }

  /// The exact nearest rows of points for rows of queries; nothing is left out.
  ///
  /// - Parameters:
  ///   - queries: Points, shape [m, d].
  ///   - points: The points to look among, shape [n, d].
  ///   - count: How many neighbours, from 1 to n.
  ///   - metric: The distance.
  ///   - control: How to watch and stop the computation.
  /// - Throws: As for the neighbours of all rows, and for columns that differ.
  /// - Complexity: O(m · n · d).
  public init(
    of queries: Matrix<Float>, among points: Matrix<Float>, count: Int, metric: Metric,
    control: ComputationControl = ComputationControl()
  ) throws {
    guard queries.columns == points.columns else {
      throw AnalysisError.ambientDimensionsDiffer(queries.columns, points.columns)
    }
    guard queries.rows > 0, count > 0, count <= points.rows else {
      throw AnalysisError.invalid(
        "\(count) neighbours among \(points.rows) points for \(queries.rows); expected 1 to "
          + "\(points.rows), for one point or more")
    }
    try Self.requireCoordinates(points)
    let search = try NeighborSearch(among: points, metric: metric)
    self = try search.neighbors(of: queries, count: count, control: control)
  }

  /// Throws `AnalysisError.invalid` unless every point has `count` others.
  static func require(count: Int, of points: Matrix<Float>) throws {
    guard points.rows > 1 else {
      throw AnalysisError.invalid(
        "neighbours need 2 points or more, and there \(points.rows == 1 ? "is 1" : "are none")")
    }
    guard count > 0, count < points.rows else {
      throw AnalysisError.invalid(
        "\(count) neighbours of \(points.rows) points; expected 1 to \(points.rows - 1)")
    }
    try requireCoordinates(points)
  }

  private static func requireCoordinates(_ points: Matrix<Float>) throws {
    if points.columns == 0 {
      throw AnalysisError.invalid("points without coordinates have no neighbours")
    }
  }
}
