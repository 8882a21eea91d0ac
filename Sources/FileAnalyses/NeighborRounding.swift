import Files
import LinearAlgebra

/// What rounding points to single precision does to their neighbours.
struct NeighborRounding {
  private let points: Matrix<Double>
  private let rounded: Matrix<Float>
  /// The directions of both; none where points are compared as they are.
  private let directions: [(exact: Metric.Direction?, rounded: Metric.Direction?)]
  private let comparesDirections: Bool

  /// At most so many rows are looked at: those that were rounded most, and as many spread evenly.
  private static let mostRows = 64
  /// A nearest row that is so much farther than the true one is another.
  private static let farther = 1.01

  /// Points before and after.
  ///
  /// - Parameters:
  ///   - points: The points, shape [n, d].
  ///   - rounded: The same, moved and scaled as the metric allows, and rounded.
  ///   - metric: What they will be compared by.
  init(_ points: Matrix<Double>, _ rounded: Matrix<Float>, metric: Metric) {
    self.points = points
    self.rounded = rounded
    comparesDirections = metric.origin != nil
    directions =
      metric.origin.map { origin in
        Parallel.map(count: points.rows) { i in
          (
            Metric.Direction(
              of: Array(points.row(i)), from: origin, spacing: Double.ulpOfOne),
            Metric.Direction(
              of: rounded.row(i).map { Double($0) }, from: origin, spacing: Double(Float.ulpOfOne))
          )
        }
      } ?? []
  }

  /// What helps where numbers leave no room for distances.
  static let remedy =
    "leave out the rows or columns that lie far from the others, or give the groups of rows one by one"

  /// Checks that rounding leaves the nearest row of a row, or gives one that is as near.
  ///
  /// - Parameters:
  ///   - noise: Differences up to it are the rounding of double precision.
  ///   - file: The path, for messages.
  /// - Throws: `FileError` naming a row.
  /// - Complexity: O(n · d · 64).
  func requireOrder(noise: Double, file: String) throws {
    guard points.rows > 2 else { return }
    let limit = comparesDirections ? 0x1p-44 : noise
    let faults = Parallel.map(count: checkedRows.count) { [rows = checkedRows] in
      fault(of: rows[$0], limit: limit)
    }
    guard let fault = faults.compactMap(\.self).first else { return }
    throw FileError(
      file,
      "the row nearest to row \(fault.row) (counted from 0) is \(fault.nearest), and would be \(fault.found) in "
        + "single precision, in which neighbours are computed: "
        + (comparesDirections
          ? "subtract the mean of the columns first, or take --metric euclidean"
          : "the numbers are too large beside the distances; " + Self.remedy))
  }

  /// The rows that were rounded most, and others spread evenly.
  private var checkedRows: [Int] {
    let count = points.rows
    guard count > Self.mostRows else { return Array(0..<count) }
    let largest = (0..<count).map { row in rounded.row(row).reduce(0) { max($0, $1.magnitude) } }
    let half = Self.mostRows / 2
    let most = (0..<count).sorted { (largest[$0], $1) > (largest[$1], $0) }.prefix(half)
    return Set(most + (0..<half).map { $0 * count / half }).sorted()
  }

  private struct Fault {
    let row: Int
    let nearest: Int
    let found: Int
  }

  private func fault(of row: Int, limit: Double) -> Fault? {
    var nearest = (row: -1, square: Double.infinity)
    var found = (row: -1, square: Double.infinity, exact: Double.infinity)
    for other in 0..<points.rows where other != row {
      guard let squares = squares(row, other) else { return nil }
      if squares.exact < nearest.square { nearest = (other, squares.exact) }
      if squares.rounded < found.square { found = (other, squares.rounded, squares.exact) }
    }
    let (best, taken) = (nearest.square.squareRoot(), found.exact.squareRoot())
    guard taken > best * Self.farther, taken - best > limit else { return nil }
    return Fault(row: row, nearest: nearest.row, found: found.row)
  }

  /// The squares of the distance of two rows, or of their directions; nil where one has no direction.
  private func squares(_ a: Int, _ b: Int) -> (exact: Double, rounded: Double)? {
    let columns = points.columns
    var exact = 0.0
    var rough = 0.0
    guard comparesDirections else {
      for k in 0..<columns {
        let (i, j) = (a * columns + k, b * columns + k)
        let difference = points.values[i] - points.values[j]
        let rest = Double(rounded.values[i]) - Double(rounded.values[j])
        exact += difference * difference
        rough += rest * rest
      }
      return (exact, rough)
    }
    guard let left = directions[a].exact, let right = directions[b].exact,
      let roughLeft = directions[a].rounded, let roughRight = directions[b].rounded
    else { return nil }
    for k in 0..<columns {
      let (i, j) = (a * columns + k, b * columns + k)
      let difference = left.coordinate(points.values[i]) - right.coordinate(points.values[j])
      let rest =
        roughLeft.coordinate(Double(rounded.values[i]))
        - roughRight.coordinate(Double(rounded.values[j]))
      exact += difference * difference
      rough += rest * rest
    }
    return (exact, rough)
  }
}

extension Metric.Direction {
  /// A coordinate of the unit vector.
  fileprivate func coordinate(_ x: Double) -> Double { (x * power - offset) / length }
}
