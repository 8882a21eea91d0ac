import COpenBLAS
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
  /// - Parameters:
  ///   - points: Points, shape [n, d].
  ///   - count: How many neighbours, from 1 to n − 1.
  ///   - metric: The distance.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError`.
  /// - Complexity: O(n² · d).
  public init(
    of points: Matrix<Float>, count: Int, metric: NeighborMetric,
    control: ComputationControl = ComputationControl()
  ) throws {
    let (n, d) = (points.rows, points.columns)
    guard count > 0, count < n else {
      throw AnalysisError.invalid("\(count) neighbours of \(n) points; expected 1 to \(n - 1)")
    }
    var squares = (0..<n).map { points.row($0).reduce(0) { $0 + $1 * $1 } }
    var scaled = points
    if metric == .cosine {
      for i in 0..<n {
        let length = squares[i].squareRoot()
        for j in 0..<d { scaled.values[i * d + j] /= length }
        squares[i] = 1
      }
    }
    let (rows, norms) = (scaled, squares)
    let found = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: n) { i -> [(Float, Int32)] in
        try control.check()
        var products = [Float](repeating: 0, count: n)
        unsafe rows.values.withUnsafeBufferPointer { values in
          guard let start = values.baseAddress else { return }
          unsafe cblas_sgemv(
            CblasRowMajor, CblasNoTrans, Int32(n), Int32(d), 1, start, Int32(d), start + i * d, 1,
            0, &products, 1)
        }
        let distances = (0..<n).map { j -> (Float, Int32) in
          let square = max(0, norms[i] + norms[j] - 2 * products[j])
          return (metric == .cosine ? square / 2 : square.squareRoot(), Int32(j))
        }
        return Array(distances.filter { $0.1 != i }.sorted(by: <).prefix(count))
      }
    }
    self.init(
      neighborCount: count, indices: found.flatMap { $0.map(\.1) },
      distances: found.flatMap { $0.map(\.0) })
  }
}
