import CKernels
import COpenBLAS
public import LinearAlgebra

/// How far a layout in the plane can be trusted to show who is near whom.
public struct LayoutQuality: Sendable, Equatable, Codable {
  /// 1 when the nearest points of the layout are near in the original, less for every intruder, by
  /// its rank there (Venna and Kaski 2001, doi:10.1007/3-540-44668-0_68).
  public let trustworthiness: Double
  /// 1 when the nearest points of the original are near in the layout; the same the other way round.
  public let continuity: Double
  /// The share of the 10 nearest neighbours that the layout keeps.
  public let recall: Double
  /// The mean silhouette by class in the layout; nil without classes, or with fewer than two.
  public let silhouette: Double?
  /// The neighbours that trustworthiness and continuity look at: 15, or fewer of few points.
  public let neighborCount: Int
  /// The rows at which they were measured: all up to 10,000, then 2,000 drawn by a fixed seed. (The
  /// silhouette is taken among 8,000 then.)
  public let sampledRows: Int

  private static let exactLimit = 10_000

  /// Measures a layout.
  ///
  /// - Parameters:
  ///   - layout: Positions, shape [n, 2].
  ///   - original: The points that were laid out, shape [n, d].
  ///   - metric: The distance between them.
  ///   - classes: The class index of each row; nil for no silhouette.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError` for rows that differ, fewer than five points, a class index too many or
  ///   too few, a metric that products do not serve, and a row without a direction when the metric
  ///   compares directions; `LinearAlgebraError` for an element that is not finite; `CancellationError`.
  /// - Complexity: O(m · n · d) at m rows.
  public init(
    of layout: Matrix<Float>, original: Matrix<Float>, metric: Metric, classes: [Int]?,
    control: ComputationControl = ComputationControl()
  ) throws {
    let n = original.rows
    guard layout.rows == n else { throw AnalysisError.rowsDiffer(layout.rows, n) }
    guard n >= 5 else {
      throw AnalysisError.invalid("the quality of a layout needs 5 points or more; there are \(n)")
    }
    if let classes, classes.count != n {
      throw AnalysisError.classCountMismatch(rows: n, classes: classes.count)
    }
    let rows = Self.sample(n, 2000, seed: 7)
    let ranks = try NeighborRanks(
      original: original, metric: metric, layout: layout, rows: rows,
      count: min(15, (n - 1) / 2), control: control)
    neighborCount = ranks.count
    sampledRows = rows.count
    trustworthiness = ranks.score(ranks.intrusions, of: n)
    continuity = ranks.score(ranks.extrusions, of: n)
    recall = ranks.recall
    if let classes, Set(classes).count > 1 {
      let some = Self.sample(n, 8000, seed: 8)
      silhouette = try Analyses.silhouette(
        of: layout.selectingRows(some), classes: some.map { classes[$0] }, metric: .euclidean)
    } else {
      silhouette = nil
    }
  }

  private static func sample(_ n: Int, _ count: Int, seed: UInt64) -> [Int] {
    if n <= exactLimit { return Array(0..<n) }
    var stream = RandomStream(domain: "layout/quality", seed: seed)
    return (0..<n).shuffled(using: &stream).prefix(count).sorted()
  }

  /// Trustworthiness alone, at all rows.
  ///
  /// - Parameters:
  ///   - layout: Positions, shape [n, p].
  ///   - original: The points that were laid out, shape [n, d].
  ///   - count: How many neighbours, from 1 to fewer than n / 2.
  ///   - metric: The distance between the points.
  /// - Returns: At most 1.
  /// - Throws: As for all numbers, and for a count out of range.
  /// - Complexity: O(n² · d).
  public static func trustworthiness(
    of layout: Matrix<Float>, original: Matrix<Float>, count: Int, metric: Metric
  ) throws -> Double {
    guard layout.rows == original.rows else {
      throw AnalysisError.rowsDiffer(layout.rows, original.rows)
    }
    guard count > 0, 2 * count < original.rows else {
      throw AnalysisError.invalid(
        "\(count) neighbours of \(original.rows) points; expected 1 to \((original.rows - 1) / 2)")
    }
    let ranks = try NeighborRanks(
      original: original, metric: metric, layout: layout, rows: Array(0..<original.rows),
      count: count, control: ComputationControl())
    return ranks.score(ranks.intrusions, of: original.rows)
  }
}

/// Ranks of each row's nearest points in one space among all points in the other.
private struct NeighborRanks {
  let count: Int
  private let rowCount: Int
  /// The sum of (rank − k) over neighbours in the layout that rank beyond k in the original.
  let intrusions: Int
  /// The same of neighbours in the original, by rank in the layout.
  let extrusions: Int
  let recall: Double

  private static let blockRows = 64

  init(
    original: Matrix<Float>, metric: Metric, layout: Matrix<Float>, rows: [Int],
    count: Int, control: ComputationControl
  ) throws {
    let (spread, plane) = (
      try OrderedDistances(original, metric: metric),
      try OrderedDistances(layout, metric: .euclidean)
    )
    let blocks = (rows.count + Self.blockRows - 1) / Self.blockRows
    let recallCount = min(10, count)
    let parts = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: blocks) { block -> (Int, Int, Int) in
        try control.check()
        let members = Array(
          rows[block * Self.blockRows..<min(rows.count, (block + 1) * Self.blockRows)])
        let (far, near) = (spread.keys(of: members), plane.keys(of: members))
        var part = (0, 0, 0)
        for (place, row) in members.enumerated() {
          let (before, after) = (far.row(place), near.row(place))
          let mine = nearest(before, count: count, except: row)
          let shown = nearest(after, count: count, except: row)
          for j in shown { part.0 += max(0, rank(of: j, in: before, except: row) - count) }
          for j in mine { part.1 += max(0, rank(of: j, in: after, except: row) - count) }
          part.2 += Set(mine.prefix(recallCount)).intersection(shown.prefix(recallCount)).count
        }
        return part
      }
    }
    self.count = count
    rowCount = rows.count
    intrusions = parts.reduce(0) { $0 + $1.0 }
    extrusions = parts.reduce(0) { $0 + $1.1 }
    recall = Double(parts.reduce(0) { $0 + $1.2 }) / Double(recallCount * rows.count)
  }

  /// 1 − 2 Σ / (m k (2n − 3k − 1)).
  func score(_ sum: Int, of n: Int) -> Double {
    let greatest = Double(rowCount * count) * Double(2 * n - 3 * count - 1)
    return 1 - 2 * Double(sum) / greatest
  }
}

/// Numbers in the order of the distances from a row.
private struct OrderedDistances {
  // Up to here differences, which are exact for the nearest points of a layout, cost no more than
  // products.
  private static let fewestCoordinates = 16

  private let points: Matrix<Float>
  private let halves: [Float]
  private let columns: CoordinateColumns?

  init(_ original: Matrix<Float>, metric: Metric) throws {
    try original.requireFinite()
    // Directions are as near to each other as their unit vectors.
    let rows = try metric.comparedRows(original)
    if rows.columns <= Self.fewestCoordinates {
      columns = CoordinateColumns(rows)
      (points, halves) = (rows, [])
    } else {
      columns = nil
      // Around the mean, where products cancel least, and of a size that no product overflows.
      let blocks = CenteredBlocks(of: rows)
      let lengths = blocks.rowSquares().map { $0.squareRoot() }
      let longest = lengths.max() ?? 0
      let scale = longest > 0 ? Double(sign: .plus, exponent: -longest.exponent, significand: 1) : 1
      points = blocks.rows(scaledBy: scale)
      halves = lengths.map { Float($0 * scale * $0 * scale / 2) }
    }
  }

  /// The keys of all points for each of the given ones, shape [rows, n].
  func keys(of rows: [Int]) -> Matrix<Float> {
    let (n, d) = (points.rows, points.columns)
    if let columns {
      let distances = rows.flatMap { row in
        columns.squaredDistances(from: row).map { Float($0.squareRoot()) }
      }
      return Matrix(rows: rows.count, columns: n, values: distances)
    }
    // ‖x_j‖²/2 − x_i · x_j.
    let selected = points.selectingRows(rows)
    var keys = Matrix<Float>(rows: rows.count, columns: n)
    for i in rows.indices { keys.values.replaceSubrange(i * n..<(i + 1) * n, with: halves) }
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(n), Int32(d), -1,
      selected.values, Int32(d), points.values, Int32(d), 1, &keys.values, Int32(n))
    return keys
  }
}

/// The places of the least keys, by key and then place.
private func nearest(_ keys: ArraySlice<Float>, count: Int, except: Int) -> [Int] {
  var places: [Int] = []
  var worst = Float.infinity
  let start = keys.startIndex
  for j in keys.indices where keys[j] < worst || places.count < count {
    let place = j - start
    if place == except { continue }
    let position = places.lastIndex { keys[start + $0] <= keys[j] }.map { $0 + 1 } ?? 0
    places.insert(place, at: position)
    if places.count > count { places.removeLast() }
    if places.count == count, let last = places.last { worst = keys[start + last] }
  }
  return places
}

/// 1 for the nearest point; of equal keys the earlier place comes first, and the row itself does not
/// count.
private func rank(of place: Int, in keys: ArraySlice<Float>, except: Int) -> Int {
  let before = unsafe keys.withUnsafeBufferPointer { keys in
    guard let start = keys.baseAddress else { return 0 }
    return unsafe kernel_count_before(keys.count, start, place)
  }
  let (key, own) = (keys[keys.startIndex + place], keys[keys.startIndex + except])
  return before + 1 - (own < key || own == key && except < place ? 1 : 0)
}
