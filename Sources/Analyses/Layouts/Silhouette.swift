public import LinearAlgebra

/// The mean silhouette of points by class.
///
/// Method: (b − a) / max(a, b) with a the mean distance to the point's own class and b that to the
/// nearest other class; a point alone in its class counts 0 (Rousseeuw 1987,
/// doi:10.1016/0377-0427(87)90125-7).
///
/// - Parameters:
///   - points: Points, shape [n, d].
///   - classes: The class index of each.
///   - metric: The distance.
/// - Returns: A number from −1 to 1.
/// - Throws: `AnalysisError` for fewer than two classes, a class for every point, a metric that is no
///   function of squared differences, and a row without a direction when the metric compares directions;
///   `LinearAlgebraError` for an element that is not finite.
/// - Complexity: O(n² · d).
public func silhouette(
  of points: Matrix<Float>, classes: [Int], metric: Metric
) throws -> Double {
  let values = try silhouettes(of: points, classes: classes, metric: metric)
  return values.reduce(0, +) / Double(values.count)
}

/// The silhouette of each point; see `silhouette(of:classes:metric:)`.
func silhouettes(
  of points: Matrix<Float>, classes: [Int], metric: Metric
) throws -> [Double] {
  guard classes.count == points.rows else {
    throw AnalysisError.classCountMismatch(rows: points.rows, classes: classes.count)
  }
  let names = Set(classes).sorted()
  guard names.count > 1, names.count < points.rows else {
    throw AnalysisError.invalid(
      "a silhouette needs from 2 classes to one fewer than points; there are \(names.count) of "
        + "\(points.rows)")
  }
  // Points of a class side by side, so that a distance is added to one running sum at a time.
  let order = classes.indices.sorted { (classes[$0], $0) < (classes[$1], $1) }
  try points.requireFinite()
  let finish = try metric.requiredFinish()
  let rows = try metric.comparedRows(points)
  let coordinates = CoordinateColumns(rows.selectingRows(order))
  var ranges: [Range<Int>] = []
  for name in names {
    let start = ranges.last?.upperBound ?? 0
    ranges.append(start..<start + classes.count { $0 == name })
  }
  let groups = ranges
  let own = groups.indices.flatMap { group in groups[group].map { _ in group } }
  let sorted = Parallel.map(count: order.count) { i -> Double in
    if groups[own[i]].count == 1 { return 0 }
    let squares = coordinates.squaredDistances(from: i)
    var inside = 0.0
    var outside = Double.infinity
    for (index, group) in groups.enumerated() {
      var sum = 0.0
      for j in group { sum += finish.distance(ofSquare: squares[j]) }
      if index == own[i] {
        inside = sum / Double(group.count - 1)
      } else {
        outside = min(outside, sum / Double(group.count))
      }
    }
    let larger = max(inside, outside)
    return larger > 0 ? (outside - inside) / larger : 0
  }
  var values = [Double](repeating: 0, count: order.count)
  for (place, row) in order.enumerated() { values[row] = sorted[place] }
  return values
}
