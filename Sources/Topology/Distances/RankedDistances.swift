public import LinearAlgebra

/// Distances in double precision, as their ranks: what float32 would round together stays apart.
///
/// A Vietoris–Rips filtration asks only which of two distances is the larger. So `distances` holds in
/// place of each float64 value the float32 number whose *bits* are the value's rank among all
/// different ones, and the computation runs on it unchanged; its results are turned back by `values`.
/// Only comparisons of these numbers mean anything, and most are subnormal.
///
/// Memory: 4 n² bytes for the ranks and, while they are found, 12 n² in all.
public struct RankedDistances: Sendable {
  /// The ranks, as bits: 0 for distance 0, ascending with the distance.
  public let distances: SquareDistances
  /// The different distances, ascending, from 0; rank r stands for `values[r]`.
  public let values: [Double]

  /// The distances of points, summed from differences of coordinates in double precision.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - metric: How far apart two points are.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError` as `SquareDistances` does.
  /// - Complexity: O(n² · (coordinates + log n)) time for a metric of two points.
  public init(
    points: Matrix<Double>, metric: Metric = .euclidean, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws {
    try Self.requireMemory(points.rows)
    var cloud = try PointCloud(points, metric: metric, workers: workers, control: control)
    // Exact, and undone in the end: of very close points the squares would vanish.
    let power = cloud.powerForSquares
    if let power {
      cloud = try PointCloud(
        points.scaled(by: power), metric: metric, workers: workers, control: control)
    }
    guard case .kernel(let kernel) = metric.computation else {
      try self.init(
        matrix: cloud.matrix(workers: workers, control: control), workers: workers,
        control: control)
      return
    }
    let tiles = try DistanceTiles(cloud, kernel, isExact: true, workers: workers, control: control)
    let blocks = tiles.blockCount
    let items = WorkItems(count: blocks, workers: workers, control: control)
    let gathered = try items.run(from: Scratch()) { scratch, item in
      let block = blocks - 1 - item  // the longest first
      let rows = tiles.points(ofBlock: block)
      let before = rows.lowerBound * (rows.lowerBound - 1) / 2
      let end = rows.upperBound * (rows.upperBound - 1) / 2
      var distances = [Double](repeating: 0, count: end - before)
      for columnBlock in 0...block {
        try control.check()
        tiles.computeSums(rows: block, columns: columnBlock, &scratch.tile)
        let columns = tiles.points(ofBlock: columnBlock)
        for (place, i) in rows.enumerated() {
          for j in columns where j < i {
            let sum = scratch.tile.sums[place * DistanceTiles.side + j - columns.lowerBound]
            let distance = tiles.distance(sum, i, j)
            guard distance.isFinite else {
              throw TopologyError.invalid(
                "the distance of points \(j) and \(i) (rows count from 0) is beyond float64's "
                  + "1.8e308; scale the points down")
            }
            distances[i * (i - 1) / 2 + j - before] = distance
          }
        }
      }
      scratch.blocks.append((block, distances))
      control.report("distances", item + 1, blocks)
    }
    var parts = gathered.flatMap(\.blocks).sorted { $0.block > $1.block }
    var lower: [Double] = []
    lower.reserveCapacity(points.rows * (points.rows - 1) / 2)
    while let part = parts.popLast() { lower += part.distances }
    try self.init(
      lower: lower, count: points.rows, dividedBy: power, workers: workers, control: control)
  }

  /// Distances that are given as a square matrix.
  ///
  /// - Parameters:
  ///   - matrix: [n, n], exactly symmetric, zero on the diagonal and not negative; infinity is a pair that
  ///     never enters. See `DistanceAdjustments` for what is so up to rounding.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError` as `SquareDistances` does.
  /// - Complexity: O(n² log n) time.
  public init(
    matrix: Matrix<Double>, workers: Int, control: ComputationControl = ComputationControl()
  ) throws {
    try SquareDistances.requireSquare(matrix)
    try Self.requireMemory(matrix.rows)
    var lower: [Double] = []
    lower.reserveCapacity(matrix.rows * (matrix.rows - 1) / 2)
    for i in 0..<matrix.rows {
      for j in 0...i {
        let (here, there) = (matrix[i, j], matrix[j, i])
        for (row, column, value) in [(i, j, here), (j, i, there)]
        where !(value >= 0) {
          throw SquareDistances.invalid(row: row, column: column, value: value)
        }
        if i == j {
          guard here == 0 else { throw SquareDistances.notZero(row: i, value: here) }
        } else {
          guard here == there else {
            throw SquareDistances.notSymmetric(row: i, column: j, here, there)
          }
          lower.append(here == 0 ? 0 : here)  // no −0
        }
      }
    }
    try self.init(
      lower: lower, count: matrix.rows, dividedBy: nil, workers: workers, control: control)
  }

  private init(
    lower: [Double], count: Int, dividedBy power: Double?, workers: Int,
    control: ComputationControl
  ) throws {
    var values = lower.filter { $0 < .infinity }
    values.append(0)
    values.sort()
    var distinct = 1
    for value in values where value != values[distinct - 1] {
      values[distinct] = value
      distinct += 1
    }
    values.removeLast(values.count - distinct)
    guard distinct <= Int(Float.greatestFiniteMagnitude.bitPattern) else {
      throw TopologyError.invalid(
        "\(distinct) different distances are more than can be ranked; use float32 distances")
    }
    let ranked = values
    self.values = power.map { power in ranked.map { $0 / power } } ?? [Double](ranked)
    distances = try unsafe SquareDistances(lowerRowCount: count, workers: workers, control: control)
    { i, row in
      let start = i * (i - 1) / 2
      for j in 0..<i {
        let distance = lower[start + j]
        unsafe row[j] =
          distance == .infinity
          ? .infinity : Float(bitPattern: UInt32(Self.rank(of: distance, in: ranked)))
      }
    }
  }

  /// The number of `values` that are at most `distance`, less one.
  private static func rank(of distance: Double, in values: [Double]) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= distance { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  private struct Scratch: Sendable {
    var tile = DistanceTiles.Scratch()
    var blocks: [(block: Int, distances: [Double])] = []
  }

  private static func requireMemory(_ count: Int) throws {
    let bytes = SquareDistances.bytes(count: count)
    try MemoryEstimate.require(
      bytes == .max ? .max : 3 * bytes, what: "float64 distances of \(count) points",
      advice: "use float32 distances, choose landmarks, or use fewer points")
  }

  /// The float64 distance of points `i` and `j`.
  public subscript(i: Int, j: Int) -> Double { decoded(distances[i, j]) }

  /// The distance that a number of the computation stands for; infinity stays infinity.
  public func decoded(_ rank: Float) -> Double {
    rank == .infinity ? .infinity : values[Int(rank.bitPattern)]
  }

  /// The threshold to compute with in place of a float64 one: the rank of the largest distance that
  /// is not above it.
  ///
  /// - Parameter threshold: A distance, not negative; infinity stays infinity.
  /// - Returns: A number to compare with those of `distances`.
  /// - Complexity: O(log n).
  public func encoded(threshold: Double) -> Float {
    precondition(threshold >= 0)
    if threshold == .infinity { return .infinity }
    return Float(bitPattern: UInt32(Self.rank(of: threshold, in: values)))
  }
}

extension Matrix<Double> {
  /// The rows less the first one, times a power of two.
  ///
  /// The differences of rows stay what they are but for the rounding of two subtractions, and columns that are
  /// constant, however large, become 0.
  fileprivate func scaled(by power: Double) -> Matrix {
    var result = self
    for i in 0..<rows {
      for j in 0..<columns {
        result.values[i * columns + j] = (values[i * columns + j] - values[j]) * power
      }
    }
    return result
  }
}
