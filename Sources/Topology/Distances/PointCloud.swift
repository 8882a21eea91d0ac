import CKernels
import LinearAlgebra

/// Points as a metric sees them: rows of doubles, made when they are wanted.
///
/// For metrics of directions a row is turned to its unit vector. The caller's matrix stays as it is; no
/// copy of all of it in double precision is made.
struct PointCloud: Sendable {
  private enum Coordinates: Sendable {
    case floats(Matrix<Float>)
    case doubles(Matrix<Double>)
  }

  private let coordinates: Coordinates
  let metric: Metric
  let count: Int
  let dimension: Int
  /// For metrics of directions: that of each row.
  private var directions: [Metric.Direction] = []

  init(
    _ points: Matrix<Float>, metric: Metric, workers: Int, control: ComputationControl
  ) throws {
    try self.init(.floats(points), points.rows, points.columns, metric, workers, control)
  }

  init(
    _ points: Matrix<Double>, metric: Metric, workers: Int, control: ComputationControl
  ) throws {
    try self.init(.doubles(points), points.rows, points.columns, metric, workers, control)
  }

  private init(
    _ coordinates: Coordinates, _ count: Int, _ dimension: Int, _ metric: Metric, _ workers: Int,
    _ control: ComputationControl
  ) throws {
    self.coordinates = coordinates
    self.count = count
    self.dimension = dimension
    self.metric = metric
    directions = try checkedChunks(workers: workers, control: control) { cloud, rows in
      var row = [Double](repeating: 0, count: dimension)
      return try rows.compactMap { i in
        cloud.loadGiven(i, 0..<dimension, into: &row, at: 0)
        return try cloud.direction(row, i)
      }
    }.flatMap(\.self)
  }

  /// What `body` makes of successive chunks of points, in order.
  func checkedChunks<Part: Sendable>(
    workers: Int, control: ComputationControl,
    _ body: @Sendable (PointCloud, Range<Int>) throws -> Part
  ) throws -> [Part] {
    let size = 128
    let items = WorkItems(count: (count + size - 1) / size, workers: workers, control: control)
    let gathered = try items.run(from: [(item: Int, part: Part)]()) { parts, item in
      let rows = item * size..<min((item + 1) * size, count)
      parts.append((item, try body(self, rows)))
    }
    return gathered.flatMap(\.self).sorted { $0.item < $1.item }.map(\.part)
  }

  /// Checks the coordinates of point `i`; its direction, for metrics of directions.
  private func direction(_ row: [Double], _ i: Int) throws -> Metric.Direction? {
    var anyInvalid = 0.0
    for x in row { anyInvalid += x * 0 }  // a NaN for NaN and infinity
    guard anyInvalid == 0 else { throw Self.notFinite(row, i) }
    guard let origin = metric.origin else { return nil }
    guard let direction = Metric.Direction(of: row, from: origin, spacing: spacing) else {
      throw TopologyError.invalid(
        "point \(i) (rows count from 0) is \(origin.fault) and has no direction, which the metric "
          + "\(metric.name) compares; remove it or use another metric")
    }
    return direction
  }

  /// How far apart the given numbers are near 1.
  private var spacing: Double {
    switch coordinates {
    case .floats: Double(Float.ulpOfOne)
    case .doubles: .ulpOfOne
    }
  }

  private static func notFinite(_ row: [Double], _ i: Int) -> TopologyError {
    let column = row.firstIndex { !$0.isFinite } ?? 0
    return .invalid(
      "point \(i) has \(row[column]) in column \(column) (rows and columns count from 0); every "
        + "coordinate must be finite: remove or repair that row")
  }

  /// Writes some coordinates of point `i`, less those of `centre` when it has any, to `output`, from
  /// index `start` on.
  func load(
    _ i: Int, _ columns: Range<Int>, from centre: [Double] = [], into output: inout [Double],
    at start: Int
  ) {
    if case .floats(let points) = coordinates, !centre.isEmpty, metric.origin == nil {
      let offset = i * dimension + columns.lowerBound
      precondition(offset + columns.count <= points.values.count)
      precondition(columns.upperBound <= centre.count && start + columns.count <= output.count)
      unsafe points.values.withUnsafeBufferPointer { values in
        unsafe centre.withUnsafeBufferPointer { centre in
          unsafe output.withUnsafeMutableBufferPointer { output in
            guard let values = values.baseAddress, let centre = centre.baseAddress,
              let output = output.baseAddress
            else { return }
            unsafe kernel_move_float32(
              columns.count, values + offset, centre + columns.lowerBound, output + start)
          }
        }
      }
      return
    }
    loadGiven(i, columns, into: &output, at: start)
    if metric.origin != nil {
      let direction = directions[i]
      for k in start..<start + columns.count {
        output[k] = (output[k] * direction.power - direction.offset) / direction.length
      }
    }
    if centre.isEmpty { return }
    for k in 0..<columns.count { output[start + k] -= centre[columns.lowerBound + k] }
  }

  private func loadGiven(
    _ i: Int, _ columns: Range<Int>, into output: inout [Double], at start: Int
  ) {
    let offset = i * dimension + columns.lowerBound
    switch coordinates {
    case .floats(let points):
      precondition(offset + columns.count <= points.values.count)
      precondition(start + columns.count <= output.count)
      unsafe points.values.withUnsafeBufferPointer { values in
        unsafe output.withUnsafeMutableBufferPointer { output in
          guard let values = values.baseAddress, let output = output.baseAddress else { return }
          unsafe kernel_widen_float32(columns.count, values + offset, output + start)
        }
      }
    case .doubles(let points):
      for k in 0..<columns.count { output[start + k] = points.values[offset + k] }
    }
  }

  /// The distances of all points, [n, n], by a metric that computes them at once.
  ///
  /// - Throws: `TopologyError.tooLarge` before anything is allocated; what the metric throws.
  func matrix(workers: Int, control: ComputationControl) throws -> Matrix<Double> {
    guard case .wholeCloud(let distances) = metric.computation else {
      preconditionFailure("the \(metric.name) distance is one of two points")
    }
    let (bytes, isBeyond) = (8 * count).multipliedReportingOverflow(by: count)
    try MemoryEstimate.require(
      isBeyond ? .max : bytes, what: "the \(metric.name) distances of \(count) points",
      advice: "use fewer points: this metric needs all of them at once")
    var points = Matrix<Double>(rows: count, columns: dimension)
    for i in 0..<count { load(i, 0..<dimension, into: &points.values, at: i * dimension) }
    let matrix = try distances(points, workers, control)
    precondition(matrix.rows == count && matrix.columns == count)
    if let place = matrix.values.firstIndex(of: .infinity) {
      throw SquareDistances.invalid(row: place / count, column: place % count, value: .infinity)
    }
    return matrix
  }

  /// All coordinates of point `i`.
  func point(_ i: Int) -> [Double] {
    var row = [Double](repeating: 0, count: dimension)
    load(i, 0..<dimension, into: &row, at: 0)
    return row
  }
}
