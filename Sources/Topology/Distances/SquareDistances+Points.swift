import CKernels
public import LinearAlgebra

extension SquareDistances {
  /// The distances of points, computed in float64 and rounded once to float32.
  ///
  /// Up to 16 coordinates, and where they are no squares, differences are summed directly. With
  /// more, squared distances come from products of blocks of points (BLAS) and the pairs where this
  /// cancels digits are summed again from differences, so that the relative error before rounding
  /// stays below 1e-11. Identical points are at exactly 0, and the bits do not depend on `workers`.
  /// Angles come from chords of unit vectors, accurate near 0 and π. What a metric computes of the
  /// whole cloud is checked as a matrix that is given.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - metric: How far apart two points are.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError.tooLarge` before anything is allocated; `.invalid` naming the row and
  ///   column of a coordinate that is not finite, the row that has no direction, or the rows whose
  ///   distance is beyond float32; `CancellationError`.
  /// - Complexity: O(n² · coordinates) time, 4 n² bytes and some megabytes a thread; for a metric of
  ///   the whole cloud its own time and 8 n² bytes more.
  public convenience init(
    points: Matrix<Double>, metric: Metric = .euclidean, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(unsetCount: points.rows)
    try fill(
      PointCloud(points, metric: metric, workers: workers, control: control), workers, control)
  }

  /// The distances of points in single precision; see the initialiser for double precision.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates], widened exactly, a block at a time.
  ///   - metric: How far apart two points are.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError`.
  public convenience init(
    points: Matrix<Float>, metric: Metric = .euclidean, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(unsetCount: points.rows)
    try fill(
      PointCloud(points, metric: metric, workers: workers, control: control), workers, control)
  }

  /// The distances of a cloud.
  convenience init(_ cloud: PointCloud, workers: Int, control: ComputationControl) throws {
    try self.init(unsetCount: cloud.count)
    try fill(cloud, workers, control)
  }

  private struct Scratch: Sendable {
    var tile = DistanceTiles.Scratch()
    /// The largest distance of each point that this thread has seen.
    var maxima: [Float]
  }

  private func fill(_ cloud: PointCloud, _ workers: Int, _ control: ComputationControl) throws {
    guard case .kernel(let kernel) = cloud.metric.computation else {
      let matrix = try cloud.matrix(workers: workers, control: control)
      try unsafe fill(workers: workers, control: control) { rows, destination, stride in
        for (place, i) in rows.enumerated() {
          for j in 0..<matrix.columns {
            let distance = matrix.values[i * matrix.columns + j]
            // Computed distances are no pairs that never enter.
            guard Float(distance) != .infinity else {
              throw Self.invalid(row: i, column: j, value: .infinity)
            }
            unsafe destination[place * stride + j] = Float(distance)
          }
        }
      }
      return
    }
    try cloud.requireSingleSpread()
    let tiles = try DistanceTiles(cloud, kernel, workers: workers, control: control)
    let items = WorkItems(count: tiles.count, workers: workers, control: control)
    let states = try BLAS.withThreads(1) {
      try items.run(from: Scratch(maxima: [Float](repeating: 0, count: count))) { scratch, tile in
        let (rowBlock, columnBlock) = tiles.blocks(ofTile: tile)
        tiles.computeSums(rows: rowBlock, columns: columnBlock, &scratch.tile)
        try round(tiles, rowBlock, columnBlock, &scratch)
        control.report("distances", tile + 1, tiles.count)
      }
    }
    let farthest = (0..<count).map { i in states.reduce(0) { max($0, $1.maxima[i]) } }
    knownEnclosingRadius = farthest.min() ?? 0
  }

  /// Writes a tile to its two places, while it is in the cache.
  private func round(
    _ tiles: DistanceTiles, _ rowBlock: Int, _ columnBlock: Int, _ scratch: inout Scratch
  ) throws {
    let rows = tiles.points(ofBlock: rowBlock)
    let columns = tiles.points(ofBlock: columnBlock)
    for (place, i) in rows.enumerated() {
      let below = columns.lowerBound..<min(columns.upperBound, i)
      if tiles.kernel.finish == .angle {
        tiles.angles(i, against: below, place: place, &scratch.tile)
      }
      let largest = unsafe scratch.maxima.withUnsafeMutableBufferPointer { maxima -> UInt32 in
        unsafe scratch.tile.sums.withUnsafeBufferPointer { sums -> UInt32 in
          guard let maxima = maxima.baseAddress, let sums = sums.baseAddress else { return 0 }
          return unsafe kernel_round_sums(
            tiles.finish, below.count, sums + place * DistanceTiles.side,
            base + (i * stride + below.lowerBound), maxima + below.lowerBound)
        }
      }
      guard largest <= Float.greatestFiniteMagnitude.bitPattern else {
        let j = below.first { !self[i, $0].isFinite } ?? 0
        throw Self.beyondSinglePrecision(i, j)
      }
      scratch.maxima[i] = max(scratch.maxima[i], Float(bitPattern: largest))
    }
    mirror(rows: rows, columns: columns)
    guard rowBlock == columnBlock else { return }
    for i in rows { setBounds(ofRow: i) }
  }
}
