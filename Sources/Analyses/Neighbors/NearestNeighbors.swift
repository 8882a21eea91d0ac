public import LinearAlgebra

/// The nearest other points of every point, nearest first.
public struct NearestNeighbors: Sendable, Equatable {
  /// How many neighbours a point has, k.
  public let neighborCount: Int
  /// The neighbours' rows, shape [n, k]: by distance, then by row.
  public let indices: [Int32]
  /// Their distances, shape [n, k], ascending.
  public let distances: [Float]

  /// The number n of points that have neighbours.
  public var rowCount: Int { indices.count / neighborCount }

  /// Wraps neighbours that are already found.
  public init(neighborCount: Int, indices: [Int32], distances: [Float]) {
    precondition(neighborCount > 0 && indices.count % neighborCount == 0)
    precondition(indices.count == distances.count)
    self.neighborCount = neighborCount
    self.indices = indices
    self.distances = distances
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
  /// - Throws: `AnalysisError` for a count out of range, an element that is not finite, and a row of
  ///   zeros when the metric is the cosine; `.cancelled`.
  /// - Complexity: O(n² · d).
  public init(
    of points: Matrix<Float>, count: Int, metric: NeighborMetric,
    control: ComputationControl = ComputationControl()
  ) throws {
    guard points.rows > 1, count > 0, count < points.rows else {
      throw AnalysisError.invalid(
        "\(count) neighbours of \(points.rows) points; expected 1 to \(points.rows - 1)")
    }
    let search = try NeighborSearch(among: points, metric: metric)
    self = try search.neighbors(of: points, count: count, excludesSelf: true, control: control)
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
    of queries: Matrix<Float>, among points: Matrix<Float>, count: Int, metric: NeighborMetric,
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
    let search = try NeighborSearch(among: points, metric: metric)
    self = try search.neighbors(of: queries, count: count, excludesSelf: false, control: control)
  }
}
