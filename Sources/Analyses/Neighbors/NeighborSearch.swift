import COpenBLAS
import LinearAlgebra

/// Exact nearest neighbours among fixed points.
///
/// Method: products in single precision, tile by tile, give every row a few more candidates than
/// neighbours asked for; their distances are computed again in float64 from the points as they are. A
/// bound on the rounding of the products proves that no other point can belong; a row without that
/// proof (many copies of a point, points far from the origin) is searched in float64 as a whole.
struct NeighborSearch {
  private static let tileRows = 128
  private static let tileColumns = 2048

  private let points: Matrix<Float>
  private let metric: NeighborMetric
  /// Σ x² of each point, in float64.
  private let squares: [Double]
  /// What a product with point j is multiplied by, before the offset is added.
  private let factors: [Float]
  private let offsets: [Float]
  private let longest: Double

  init(among points: Matrix<Float>, metric: NeighborMetric) throws {
    self.points = points
    self.metric = metric
    squares = try Self.squares(points, metric: metric)
    switch metric {
    // Least −x·y / ‖y‖ is nearest by the cosine.
    case .cosine:
      factors = squares.map { Float(-1 / $0.squareRoot()) }
      offsets = [Float](repeating: 0, count: points.rows)
      longest = 1
    // Least ‖y‖²/2 − x·y is nearest in the plane.
    case .euclidean:
      factors = [Float](repeating: -1, count: points.rows)
      offsets = squares.map { Float($0 / 2) }
      longest = (squares.max() ?? 0).squareRoot()
    }
  }

  private static func squares(_ matrix: Matrix<Float>, metric: NeighborMetric) throws -> [Double] {
    try Parallel.tryMap(count: matrix.rows) { i in
      let square = matrix.row(i).reduce(0.0) { $0 + Double($1) * Double($1) }
      guard square.isFinite else {
        let column = matrix.row(i).firstIndex { !$0.isFinite } ?? 0
        throw AnalysisError.invalid(
          "row \(i), column \(column - i * matrix.columns) is not a finite number")
      }
      if metric == .cosine, square == 0 {
        throw AnalysisError.invalid(
          "row \(i) is all zeros and has no direction for the cosine; leave it out, or use the "
            + "Euclidean distance")
      }
      return square
    }
  }

  /// The nearest points of every query, row i without point i if `excludesSelf`.
  func neighbors(
    of queries: Matrix<Float>, count: Int, excludesSelf: Bool, control: ComputationControl
  ) throws -> NearestNeighbors {
    let own = excludesSelf ? squares : try Self.squares(queries, metric: metric)
    let blocks = (queries.rows + Self.tileRows - 1) / Self.tileRows
    let found = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: blocks) { block in
        let rows = block * Self.tileRows..<min(queries.rows, (block + 1) * Self.tileRows)
        return try neighbors(
          of: queries, rows, squares: own, count: count, excludesSelf: excludesSelf,
          control: control)
      }
    }
    return NearestNeighbors(
      neighborCount: count, indices: found.flatMap(\.indices), distances: found.flatMap(\.distances)
    )
  }

  private func neighbors(
    of queries: Matrix<Float>, _ rows: Range<Int>, squares own: [Double], count: Int,
    excludesSelf: Bool, control: ComputationControl
  ) throws -> NearestNeighbors {
    let (n, d) = (points.rows, points.columns)
    let others = n - (excludesSelf ? 1 : 0)
    let kept = min(others, count + max(8, count / 4))
    var candidates = rows.map { _ in Candidates(limit: kept) }
    var products = [Float](repeating: 0, count: rows.count * Self.tileColumns)
    for start in stride(from: 0, to: n, by: Self.tileColumns) {
      try control.check()
      let width = min(Self.tileColumns, n - start)
      unsafe queries.values.withUnsafeBufferPointer { left in
        unsafe points.values.withUnsafeBufferPointer { right in
          guard let a = left.baseAddress, let b = right.baseAddress else { return }
          unsafe cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(width), Int32(d), 1,
            a + rows.lowerBound * d, Int32(d), b + start * d, Int32(d), 0, &products, Int32(width))
        }
      }
      for i in 0..<rows.count {
        candidates[i].offer(
          products, from: i * width, width: width, start: start, factors: factors,
          offsets: offsets, except: excludesSelf ? rows.lowerBound + i : -1)
      }
    }
    var indices: [Int32] = []
    var distances: [Float] = []
    for (place, row) in rows.enumerated() {
      let except = excludesSelf ? row : -1
      var exact = candidates[place].indices.map { j in
        (distance(queries, row, own[row], Int(j)), j)
      }
      exact.sort { ($0.0, $0.1) < ($1.0, $1.1) }
      if kept < others, !isProved(exact[count - 1].0, candidates[place].worst, own[row]) {
        exact = (0..<n).filter { $0 != except }.map {
          (distance(queries, row, own[row], $0), Int32($0))
        }
        exact.sort { ($0.0, $0.1) < ($1.0, $1.1) }
      }
      indices += exact[..<count].map(\.1)
      distances += exact[..<count].map { Float($0.0) }
    }
    return NearestNeighbors(neighborCount: count, indices: indices, distances: distances)
  }

  /// Whether a point that is no candidate, whose score is `worst` or more, must be farther.
  private func isProved(_ distance: Double, _ worst: Float, _ square: Double) -> Bool {
    let length = square.squareRoot()
    // A product of d terms is rounded by at most d u ‖x‖ ‖y‖, u = 2⁻²⁴; some for factor and offset.
    let rounding =
      Double(points.columns + 8) * 0x1p-24 * (length * longest + longest * longest)
    // The score that a point at `distance` has without rounding.
    let score =
      metric == .cosine ? (distance - 1) * length : (distance * distance - square) / 2
    return score + rounding < Double(worst)
  }

  private func distance(_ queries: Matrix<Float>, _ i: Int, _ square: Double, _ j: Int) -> Double {
    let d = points.columns
    let (a, b) = (i * d, j * d)
    var sum = 0.0
    switch metric {
    case .euclidean:
      for k in 0..<d {
        let difference = Double(queries.values[a + k]) - Double(points.values[b + k])
        sum += difference * difference
      }
      return sum.squareRoot()
    case .cosine:
      for k in 0..<d { sum += Double(queries.values[a + k]) * Double(points.values[b + k]) }
      // The root of the product: exactly 1 for a row and its copy.
      return max(0, 1 - sum / (square * squares[j]).squareRoot())
    }
  }
}

/// The points of least score for one query.
private struct Candidates {
  private static let stretch = 32

  private let limit: Int
  private var scores: [Float] = []
  private(set) var indices: [Int32] = []
  /// The greatest score kept, once there are as many as the limit.
  private(set) var worst = Float.infinity

  init(limit: Int) {
    self.limit = limit
    scores.reserveCapacity(2 * limit)
    indices.reserveCapacity(2 * limit)
  }

  mutating func offer(
    _ products: [Float], from: Int, width: Int, start: Int, factors: [Float], offsets: [Float],
    except: Int
  ) {
    var first = 0
    while first < width {
      // Most stretches hold no score below the worst one kept: that alone is asked first.
      let end = min(first + Self.stretch, width)
      var least = Float.infinity
      for j in first..<end {
        let score = products[from + j] * factors[start + j] + offsets[start + j]
        least = score < least ? score : least
      }
      if least < worst {
        for j in first..<end {
          let score = products[from + j] * factors[start + j] + offsets[start + j]
          guard score < worst, start + j != except else { continue }
          scores.append(score)
          indices.append(Int32(start + j))
          // Sorting a full double list once is cheaper than a heap for each.
          if scores.count == 2 * limit { shorten() }
        }
      }
      first = end
    }
    if scores.count > limit { shorten() }
    if scores.count == limit { worst = scores.max() ?? worst }
  }

  private mutating func shorten() {
    let order = scores.indices.sorted { (scores[$0], indices[$0]) < (scores[$1], indices[$1]) }
      .prefix(limit)
    (scores, indices) = (order.map { scores[$0] }, order.map { indices[$0] })
    worst = scores.last ?? worst
  }
}
