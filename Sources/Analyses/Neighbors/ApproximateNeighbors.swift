public import LinearAlgebra
import Synchronization

/// How nearest neighbours are looked for.
public enum NeighborIndex: String, Sendable, CaseIterable {
  /// Exactly up to 100,000 points, by an index above.
  case automatic = "auto"
  /// By the products of all pairs.
  case exact
  /// By an index, whose recall is measured.
  case approximate

  /// The most points among which `automatic` compares all pairs.
  ///
  /// With 512 coordinates the index is slower than the products of all pairs up to about here.
  public static let largestExactCount = 100_000

  func isExact(pointCount: Int) -> Bool {
    switch self {
    case .automatic: pointCount <= Self.largestExactCount
    case .exact: true
    case .approximate: false
    }
  }
}

extension NearestNeighbors {
  /// Every this many-th row is in one graph.
  private static let graphCount = 4
  private static let recallSample = 1000

  /// The nearest other rows of every row, exact or by an index.
  ///
  /// Method of the index: four hierarchical navigable small world graphs, each over every fourth row
  /// and built by one thread in the order of the rows, so that the result does not depend on the number
  /// of threads. The rows that the four find are ordered by their exact distances.
  ///
  /// - Parameters:
  ///   - points: Points, shape [n, d].
  ///   - count: How many neighbours, from 1 to n − 1.
  ///   - metric: The distance.
  ///   - index: How to look for them.
  ///   - control: How to watch and stop the computation.
  /// - Returns: The neighbours; `recall` is measured when an index was used.
  /// - Throws: As for the exact neighbours, and when memory is too small for an index.
  /// - Complexity: O(n² · d), by an index about O(n · log n · d).
  public static func found(
    of points: Matrix<Float>, count: Int, metric: Metric, index: NeighborIndex,
    control: ComputationControl = ComputationControl()
  ) throws -> NearestNeighbors {
    if index.isExact(pointCount: points.rows) {
      return try NearestNeighbors(of: points, count: count, metric: metric, control: control)
    }
    try require(count: count, of: points)
    let search = try NeighborSearch(among: points, metric: metric)
    let compared = search.rows
    let graphs = try graphs(of: compared, metric: metric, breadth: max(24, count), control: control)
    let rows = try Parallel.tryMap(count: points.rows) { row in
      try control.check()
      let candidates = try graphs.flatMap {
        try $0.search(Array(compared.row(row)), count: count + 1)
      }
      return search.nearest(to: row, among: candidates, count: count)
    }
    var stream = RandomStream(domain: "neighbours/recall", seed: 0)
    let sample = (0..<points.rows).shuffled(using: &stream).prefix(recallSample).sorted()
    let approximate = NearestNeighbors(
      neighborCount: count, indices: rows.flatMap(\.indices),
      distances: rows.flatMap(\.distances))
    let exact = try NearestNeighbors(
      ofRows: sample, of: points, count: count, metric: metric, control: control)
    return NearestNeighbors(
      neighborCount: count, indices: approximate.indices, distances: approximate.distances,
      recall: try NeighborOverlap(exact, approximate.ofRows(sample)).mean)
  }

  private static func graphs(
    of points: Matrix<Float>, metric: Metric, breadth: Int, control: ComputationControl
  ) throws -> [NeighborGraph] {
    let done = Atomic<Int>(0)
    return try Parallel.tryMap(count: graphCount) { part in
      let graph = try NeighborGraph(
        metric: metric, dimension: points.columns, capacity: points.rows / graphCount + 1,
        breadth: breadth)
      for row in stride(from: part, to: points.rows, by: graphCount) {
        try control.check()
        let length = points.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let scale = metric.origin == nil ? 1 : 1 / length
        try graph.insert(points.row(row).map { Float(Double($0) * scale) }, number: row)
        control.report("index", done.add(1, ordering: .relaxed).newValue, points.rows)
      }
      return graph
    }
  }

  /// The exact nearest other rows of some rows.
  ///
  /// - Parameters:
  ///   - rows: The rows whose neighbours are found, in any order.
  ///   - points: The points to look among, shape [n, d].
  ///   - count: How many neighbours, from 1 to n − 1.
  ///   - metric: The distance.
  ///   - control: How to watch and stop the computation.
  /// - Throws: As for the neighbours of all rows.
  /// - Complexity: O(rows · n · d).
  public init(
    ofRows rows: [Int], of points: Matrix<Float>, count: Int, metric: Metric,
    control: ComputationControl = ComputationControl()
  ) throws {
    try Self.require(count: count, of: points)
    let found = try NearestNeighbors(
      of: points.selectingRows(rows), among: points, count: count + 1, metric: metric,
      control: control)
    var kept: [Int] = []
    for (place, row) in rows.enumerated() {
      // A row is its own nearest, unless more than `count` copies of it come first.
      let all = place * (count + 1)..<(place + 1) * (count + 1)
      let own = all.first { found.indices[$0] == row } ?? all.upperBound - 1
      kept += all.filter { $0 != own }
    }
    self.init(
      neighborCount: count, indices: kept.map { found.indices[$0] },
      distances: kept.map { found.distances[$0] })
  }

  /// The lists of some of the rows.
  private func ofRows(_ rows: [Int]) -> NearestNeighbors {
    let kept = rows.flatMap { $0 * neighborCount..<($0 + 1) * neighborCount }
    return NearestNeighbors(
      neighborCount: neighborCount, indices: kept.map { indices[$0] },
      distances: kept.map { distances[$0] })
  }
}
