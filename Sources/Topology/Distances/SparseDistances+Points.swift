import CKernels
public import LinearAlgebra

extension SparseDistances {
  /// All pairs of points within a threshold, without the square matrix unless the metric needs it.
  ///
  /// The float32 values are those of `SquareDistances`, bit for bit. With up to 16 coordinates the
  /// points are split into boxes of 64 neighbours, and boxes that lie apart are not compared; with
  /// more, all pairs are computed, a tile at a time.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - metric: How far apart two points are.
  ///   - threshold: The largest distance kept, finite.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError.invalid` as `SquareDistances` does; `.tooLarge` when the edges cannot
  ///   fit; `CancellationError`.
  /// - Complexity: 12 bytes an edge; time at most O(n² · coordinates).
  public init(
    points: Matrix<Double>, metric: Metric = .euclidean, threshold: Float, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(
      PointCloud(points, metric: metric, workers: workers, control: control), threshold, workers,
      control)
  }

  /// All pairs of points in single precision within a threshold; see that for double precision.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - metric: How far apart two points are.
  ///   - threshold: The largest distance kept, finite.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError`.
  public init(
    points: Matrix<Float>, metric: Metric = .euclidean, threshold: Float, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(
      PointCloud(points, metric: metric, workers: workers, control: control), threshold, workers,
      control)
  }

  /// The pairs of a matrix within a threshold.
  ///
  /// - Parameters:
  ///   - distances: All distances.
  ///   - threshold: The largest distance kept.
  public init(_ distances: SquareDistances, threshold: Float) {
    var edges: [Edge] = []
    for i in 0..<distances.count {
      let row = unsafe distances.base + i * distances.stride
      for j in 0..<i where unsafe row[j] <= threshold {
        edges.append(Edge(i, j, unsafe row[j]))
      }
    }
    self.init(vertexCount: distances.count, edges: edges)
  }

  private init(
    _ cloud: PointCloud, _ threshold: Float, _ workers: Int, _ control: ComputationControl
  ) throws {
    guard threshold.isFinite, threshold >= 0 else {
      throw TopologyError.invalid(
        "the threshold is \(threshold); a sparse graph of points needs one that is finite and not "
          + "negative")
    }
    guard case .kernel(let kernel) = cloud.metric.computation else {
      let distances = try SquareDistances(cloud, workers: workers, control: control)
      self.init(distances, threshold: threshold)
      return
    }
    try cloud.requireSingleSpread()
    let tiles = try DistanceTiles(cloud, kernel, workers: workers, control: control)
    let edges =
      if cloud.dimension > DistanceTiles.directDimension {
        try BLAS.withThreads(1) { try Self.edges(of: tiles, threshold, workers, control) }
      } else {
        try PointBoxes(tiles).edges(threshold: threshold, workers: workers, control: control)
      }
    self.init(vertexCount: cloud.count, edges: edges)
  }

  private struct Scratch: Sendable {
    var tile = DistanceTiles.Scratch()
    var found = [UInt32](repeating: 0, count: DistanceTiles.side)
    var blocks: [(block: Int, edges: [Edge])] = []
  }

  /// The edges of all tiles, a row of tiles at a time.
  private static func edges(
    of tiles: DistanceTiles, _ threshold: Float, _ workers: Int, _ control: ComputationControl
  ) throws -> [Edge] {
    let limit = tiles.sumLimit(threshold: threshold)
    let blocks = tiles.blockCount
    let room = EdgeRoom(threshold: threshold)
    // The longest rows of tiles first.
    let items = WorkItems(count: blocks, workers: workers, control: control)
    let gathered = try items.run(from: Scratch()) { scratch, item in
      let block = blocks - 1 - item
      let rows = tiles.points(ofBlock: block)
      var ofRow = [[Edge]](repeating: [], count: rows.count)
      for columnBlock in 0...block {
        try control.check()
        let columns = tiles.points(ofBlock: columnBlock)
        tiles.computeSums(rows: block, columns: columnBlock, &scratch.tile)
        for (place, i) in rows.enumerated() {
          let width = min(columns.upperBound, i) - columns.lowerBound
          let start = place * DistanceTiles.side
          let count = unsafe scratch.tile.sums.withUnsafeBufferPointer { sums in
            guard width > 0, let sums = sums.baseAddress else { return 0 }
            return unsafe kernel_indices_at_most(width, sums + start, limit, &scratch.found)
          }
          for offset in scratch.found[..<count] {
            let j = columns.lowerBound + Int(offset)
            let distance = Float(tiles.distance(scratch.tile.sums[start + Int(offset)], i, j))
            if distance <= threshold { ofRow[place].append(Edge(i, j, distance)) }
          }
        }
      }
      let edges = ofRow.flatMap(\.self)
      try room.take(edges.count)
      scratch.blocks.append((block, edges))
      control.report("distances", item + 1, blocks)
    }
    var parts = gathered.flatMap(\.blocks).sorted { $0.block > $1.block }
    var edges: [Edge] = []
    edges.reserveCapacity(parts.reduce(0) { $0 + $1.edges.count })
    while let part = parts.popLast() { edges += part.edges }
    return edges
  }
}
