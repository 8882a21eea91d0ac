public import LinearAlgebra
import Synchronization

extension Dendrogram {
  /// Single linkage of points.
  ///
  /// Method: the matrix of distances is never there as a whole. Products tile by tile give the distances
  /// of two blocks of rows; of these only a minimum spanning tree is kept (`DenseSpanningTree`, the
  /// routine of the topology's H0), for an edge that is not in its tile's tree is in no tree of all. The
  /// trees so far are reduced to one forest again and again (Kruskal). Its n − 1 distances at the end are
  /// computed again in float64.
  ///
  /// Which edges make the tree is decided in float32: two heights closer than about 1e-6 of the largest
  /// distances may stand for each other. A copy of a row joins it at exactly 0. The same for any number
  /// of threads.
  ///
  /// - Parameters:
  ///   - points: Points, shape [n, d].
  ///   - metric: The distance; the cosine's is 1 − cos.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError` for no points, a metric that products do not serve, an element that is not
  ///   finite, a row without a direction when the metric compares directions, and numbers whose squares
  ///   are too large for float32; `CancellationError`.
  /// - Complexity: O(n² · d) time, half of it saved by symmetry; O(n) memory beside the points, and 4 MB
  ///   a worker.
  public init(
    singleLinkageOf points: Matrix<Float>, metric: Metric = .cosine,
    control: ComputationControl = ComputationControl()
  ) throws {
    guard points.rows > 0, points.columns > 0 else {
      throw AnalysisError.invalid("there are no points to link")
    }
    let rows = try ScoredRows(points, metric: metric)
    if metric.origin == nil, let large = rows.squares.firstIndex(where: { $0 > 1e37 }) {
      throw AnalysisError.invalid(
        "row \(large) (counted from 0) is too long for float32; divide all rows by a common number")
    }
    let forest = try Self.forest(rows, control: control)
    let merges = Parallel.map(count: forest.edges.count) { index in
      let edge = forest.edges[index]
      let (i, j) = (Int(min(edge.a, edge.b)), Int(max(edge.a, edge.b)))
      return Merge(first: i, second: j, height: rows.distance(rows, i, to: j))
    }
    self.init(rowCount: points.rows, merges: merges)
  }

  /// The minimum spanning tree of all rows.
  private static func forest(
    _ rows: ScoredRows, control: ComputationControl
  ) throws -> SpanningEdges {
    let side = LinkageTile.side
    let n = rows.given.rows
    let blocks = stride(from: 0, to: n, by: side).map { $0..<min(n, $0 + side) }
    let tiles = blocks.indices.flatMap { i in (i..<blocks.count).map { j in (i, j) } }
    let workers = min(Parallel.workers, tiles.count)
    let scratch = (0..<workers).map { _ in LinkageTile() }
    // As many tiles at a time as give a few times the edges that a forest has.
    let batch = max(1, 2 * n / side)
    let done = Atomic<Int>(0)
    var forest = SpanningEdges(rowCount: n)
    for start in stride(from: 0, to: tiles.count, by: batch) {
      let count = min(batch, tiles.count - start)
      let found = Mutex([[SpanningEdges.Edge]](repeating: [], count: count))
      BLAS.withThreads(1) {
        Parallel.forEach(count: count, workers: workers) { index, worker in
          if control.isCancelled() { return }
          let (i, j) = tiles[start + index]
          let edges = scratch[worker].edges(of: rows, blocks[i], blocks[j])
          found.withLock { $0[index] = edges }
          control.report("linkage tiles", done.add(1, ordering: .relaxed).newValue, tiles.count)
        }
      }
      try control.check()
      // In order of tiles, whoever came first.
      forest.add(found.withLock { $0 }.joined())
    }
    return forest
  }
}
