import Foundation
package import LinearAlgebra

/// Nearest neighbours by their definition: all rows by distance in float64, then by number.
package enum PlainNeighbors {
  /// The nearest of some points.
  ///
  /// - Parameters:
  ///   - queries: Whose neighbours are looked for.
  ///   - points: Where.
  ///   - count: How many.
  ///   - metric: A metric of neighbours.
  ///   - excludesSelf: Whether the row of a query's own number is left out.
  /// - Returns: The numbers of rows, query by query, the nearest first.
  /// - Complexity: O(queries · points · (dimension + log points)).
  package static func indices(
    of queries: Matrix<Float>, among points: Matrix<Float>, count: Int, metric: Metric,
    excludesSelf: Bool = true
  ) -> [Int32] {
    let (left, right) = (rows(queries, metric), rows(points, metric))
    return left.enumerated().flatMap { i, x -> [Int32] in
      let distances = right.map { distance(x, $0, metric) }
      return distances.indices.filter { !(excludesSelf && $0 == i) }
        .sorted { (distances[$0], $0) < (distances[$1], $1) }
        .prefix(count).map { Int32($0) }
    }
  }

  /// The rows in float64, centred where the metric looks at what is left of the mean.
  private static func rows(_ points: Matrix<Float>, _ metric: Metric) -> [[Double]] {
    (0..<points.rows).map { i in
      let row = points.row(i).map(Double.init)
      guard metric == .correlation, let first = row.first else { return row }
      let mean = row.reduce(0) { $0 + ($1 - first) } / Double(row.count) + first
      return row.map { $0 - mean }
    }
  }

  private static func distance(_ x: [Double], _ y: [Double], _ metric: Metric) -> Double {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    switch metric {
    case .cosine, .angular, .correlation:
      let cosine = product(x, y) / (product(x, x) * product(y, y)).squareRoot()
      return metric == .angular ? acos(cosine) : 1 - cosine
    case .euclidean:
      return zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    default: preconditionFailure("the definition of \(metric) belongs here")
    }
  }
}
