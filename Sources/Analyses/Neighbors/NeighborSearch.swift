import CKernels
import COpenBLAS
import LinearAlgebra
import Synchronization

/// Exact nearest neighbours among fixed points.
///
/// Method: products in single precision, tile by tile, give every row a few more candidates than
/// neighbours asked for; their distances are computed again in float64 from the points as they are. A
/// bound on the rounding of the products proves that no other point can belong; a row without that
/// proof (many copies of a point, numbers near the ends of float32) is searched in float64 as a whole.
/// Where all points are looked for among themselves, a tile serves its rows and its columns.
struct NeighborSearch {
  private static let side = 512

  private let points: ScoredRows
  /// The points as they are given, or rows that have their directions.
  var rows: Matrix<Float> { points.metric.origin == nil ? points.given : points.moved }
  private let longest: Double
  private let shortest: Double

  init(among points: Matrix<Float>, metric: Metric) throws {
    self.points = try ScoredRows(points, metric: metric)
    longest = (self.points.squares.max() ?? 0).squareRoot()
    shortest = (self.points.squares.min() ?? 0).squareRoot()
  }

  /// The nearest other points of every point.
  func neighborsOfAll(count: Int, control: ComputationControl) throws -> NearestNeighbors {
    let ranges = Self.ranges(points.given.rows)
    let blocks = candidateBlocks(ranges, count: count + 1)
    let tiles = ranges.indices.flatMap { i in (i..<ranges.count).map { j in (i, j) } }
    try forEachTile(tiles.count, control: control) { index, scratch in
      let (i, j) = tiles[index]
      write(to: scratch.products, points, ranges[i], ranges[j])
      blocks[i].offer(scratch.products, stride: Self.side, of: ranges[j], scores: points)
      if i == j { return }
      unsafe kernel_mirror(
        scratch.products.start, scratch.mirror.start, Self.side, ranges[i].count, ranges[j].count)
      blocks[j].offer(scratch.mirror, stride: Self.side, of: ranges[i], scores: points)
    }
    return nearest(points, blocks, count: count, excludesSelf: true, control: control)
  }

  /// The nearest points of every query.
  func neighbors(
    of queries: Matrix<Float>, count: Int, control: ComputationControl
  ) throws -> NearestNeighbors {
    let queries = try ScoredRows(queries, movedAs: points)
    let ranges = Self.ranges(points.given.rows)
    let blocks = candidateBlocks(Self.ranges(queries.given.rows), count: count)
    try forEachTile(blocks.count * ranges.count, control: control) { index, scratch in
      let (block, columns) = (blocks[index / ranges.count], ranges[index % ranges.count])
      write(to: scratch.products, queries, block.rows, columns)
      block.offer(scratch.products, stride: Self.side, of: columns, scores: points)
    }
    return nearest(queries, blocks, count: count, excludesSelf: false, control: control)
  }

  /// The nearest other points of a point among candidates; among all when these are too few.
  func nearest(to row: Int, among candidates: [Int], count: Int) -> NearestNeighbors {
    var exact = ordered(points, row, candidates, excludesSelf: true)
    if exact.count < count {
      exact = ordered(points, row, 0..<points.given.rows, excludesSelf: true)
    }
    return NearestNeighbors(
      neighborCount: count, indices: exact[..<count].map { Int32($0.point) },
      distances: exact[..<count].map { Float($0.distance) })
  }

  private static func ranges(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: side).map { $0..<min(count, $0 + side) }
  }

  private func candidateBlocks(_ ranges: [Range<Int>], count: Int) -> [CandidateBlock] {
    let kept = min(points.given.rows, count + max(8, count / 4))
    return ranges.map { CandidateBlock(rows: $0, kept: kept) }
  }

  /// A worker's products of a tile, and the same with rows and columns exchanged.
  private struct Scratch {
    let products = SharedNumbers<Float>(repeating: 0, count: side * side)
    let mirror = SharedNumbers<Float>(repeating: 0, count: side * side)
  }

  private func forEachTile(
    _ count: Int, control: ComputationControl, _ body: @Sendable (Int, Scratch) -> Void
  ) throws {
    let done = Atomic<Int>(0)
    let workers = min(Parallel.workers, count)
    let scratch = (0..<workers).map { _ in Scratch() }
    BLAS.withThreads(1) {
      Parallel.forEach(count: count, workers: workers) { index, worker in
        if control.isCancelled() { return }
        body(index, scratch[worker])
        control.report("neighbours", done.add(1, ordering: .relaxed).newValue, count)
      }
    }
    try control.check()
  }

  /// Writes the products of queries with points, shape [rows, columns], rows `side` apart.
  private func write(
    to products: SharedNumbers<Float>, _ queries: ScoredRows, _ rows: Range<Int>,
    _ columns: Range<Int>
  ) {
    let d = points.given.columns
    unsafe queries.moved.values.withUnsafeBufferPointer { left in
      unsafe points.moved.values.withUnsafeBufferPointer { right in
        guard let a = left.baseAddress, let b = right.baseAddress else { return }
        unsafe cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(columns.count),
          Int32(d), 1, a + rows.lowerBound * d, Int32(d), b + columns.lowerBound * d, Int32(d), 0,
          products.start, Int32(Self.side))
      }
    }
  }

  /// The nearest among the candidates, by exact distances, where these are proved to be enough.
  private func nearest(
    _ queries: ScoredRows, _ blocks: [CandidateBlock], count: Int, excludesSelf: Bool,
    control: ComputationControl
  ) -> NearestNeighbors {
    let others = points.given.rows
    let found = Parallel.map(count: blocks.count) { index in
      var indices: [Int32] = []
      var distances: [Float] = []
      blocks[index].settle { row, candidates, worst in
        var exact = ordered(queries, row, candidates, excludesSelf: excludesSelf)
        if candidates.count < others {
          let isEnough =
            exact.count >= count
            && isProved(exact[count - 1].distance, worst, queries.squares[row])
          if !isEnough { exact = ordered(queries, row, 0..<others, excludesSelf: excludesSelf) }
        }
        for neighbor in exact[..<count] {
          indices.append(Int32(neighbor.point))
          distances.append(Float(neighbor.distance))
        }
      }
      return (indices: indices, distances: distances)
    }
    return NearestNeighbors(
      neighborCount: count, indices: found.flatMap(\.indices), distances: found.flatMap(\.distances)
    )
  }

  /// Candidates by distance, then by number; without the row itself if `excludesSelf`.
  private func ordered(
    _ queries: ScoredRows, _ row: Int, _ candidates: some Collection<Int>, excludesSelf: Bool
  ) -> [(distance: Double, point: Int)] {
    var exact: [(distance: Double, point: Int)] = []
    exact.reserveCapacity(candidates.count)
    for point in candidates where !(excludesSelf && point == row) {
      exact.append((points.distance(queries, row, to: point), point))
    }
    exact.sort { ($0.distance, $0.point) < ($1.distance, $1.point) }
    return exact
  }

  /// Whether a point that is no candidate, whose score is `worst` or more, must be farther.
  private func isProved(_ distance: Double, _ worst: Float, _ square: Double) -> Bool {
    let length = square.squareRoot()
    // Scores beyond float32 are not held, wherever they belong.
    guard worst < .infinity, max(length, longest) * longest < 1e38 else { return false }
    let d = Double(points.given.columns)
    let isOfDirections = points.metric.origin != nil
    // A product of d terms is rounded by at most d u ‖x‖ ‖y‖, u = 2⁻²⁴; some for factor, offset and the
    // subtraction of a mean. Terms below 2⁻¹²⁶ may vanish.
    //
    // Directions that start elsewhere than at 0 are unit vectors of float64, each term rounded once to
    // float32: 2 u more of the product, and u of the length that the factor divides by. How their origin
    // was rounded does not count: its float64 is off by about 2⁻⁵³ of its size, and a row whose difference
    // from it is below √d · 2⁻²³ of that size has no direction (`Metric.Direction`), so that the
    // direction is off by 2⁻³⁰ or less. All of this is within the 16.
    let relative = isOfDirections ? length : length * longest + longest * longest
    let vanishing = d * 0x1p-126 * (isOfDirections ? 1 / shortest : 1)
    let rounding = (d + 16) * 0x1p-24 * relative + vanishing
    // The score that a point at `distance` has without rounding: its product with the query is
    // ‖x‖ (1 − s/2) when s is the square of the directions' difference, and (‖x‖² + ‖y‖² − s) / 2 when
    // it is the points'.
    let difference = points.finish.square(ofDistance: distance)
    let score = isOfDirections ? (difference / 2 - 1) * length : (difference - square) / 2
    return score + rounding < Double(worst)
  }
}
