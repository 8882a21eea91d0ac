import Files
import LinearAlgebra
import Topology

/// The points of a file, or the landmarks among them, as a metric sees them.
struct InputPoints {
  /// Points in the precision that their file holds: those in single precision are never widened.
  private enum Coordinates {
    case single(Matrix<Float>)
    case double(Matrix<Double>)
  }

  private var coordinates: Coordinates
  /// The points that stand for all where a metric of the whole cloud keeps all of them.
  private var kept: [Int]?
  private let metric: Metric
  private let keepsDoubles: Bool
  /// What was taken for something that a reader should know of.
  private(set) var notes: [String] = []

  /// Reads a file.
  ///
  /// - Throws: `FileError`.
  init(_ path: String, metric: Metric, keepsDoubles: Bool) throws {
    self.metric = metric
    self.keepsDoubles = keepsDoubles
    if !keepsDoubles, !metric.isOfWholeCloud, let points = try Self.singlePrecision(path) {
      coordinates = .single(points)
      if let problem = MatrixFile.likenessToDistances(points) {
        notes.append("\(path): \(problem)")
      }
    } else {
      var notes: [String] = []
      coordinates = .double(try MatrixFile.read(path) { notes.append($0) })
      self.notes = notes
    }
  }

  /// Points that the file holds in single or half precision, without a wider copy; nil for others.
  private static func singlePrecision(_ path: String) throws -> Matrix<Float>? {
    guard MatrixFile.split(path).member == nil, MatrixFile.format(ofPath: path) == .npy else {
      return nil
    }
    let rows = try NumPyFile.RowReader(path: path)
    guard rows.isSinglePrecision, !rows.isTransposed, rows.rows > 0, rows.columns > 0 else {
      return nil
    }
    return try rows.matrix()
  }

  /// The number of points.
  var count: Int {
    switch coordinates {
    case .single(let points): points.rows
    case .double(let points): points.rows
    }
  }

  /// Chooses points that stand for all.
  ///
  /// - Throws: `TopologyError`.
  func landmarks(count: Int, workers: Int, control: ComputationControl) throws -> Landmarks {
    switch coordinates {
    case .single(let points):
      try Landmarks(
        points: points, metric: metric, count: count, workers: workers, control: control)
    case .double(let points):
      try Landmarks(
        points: points, metric: metric, count: count, workers: workers, control: control)
    }
  }

  /// Leaves the given points; of a whole cloud's metric they keep the distances that they have among
  /// all.
  mutating func restrict(to indices: [Int]) {
    switch coordinates {
    case _ where metric.isOfWholeCloud: kept = indices
    case .single(let points): coordinates = .single(points.selectingRows(indices))
    case .double(let points): coordinates = .double(points.selectingRows(indices))
    }
  }

  /// The filtration of the points that are left.
  ///
  /// - Parameters:
  ///   - limit: Where it will end; nil for all distances.
  ///   - workers: Threads.
  ///   - control: Watches and stops.
  /// - Returns: A graph where the limit leaves so few pairs that it takes less memory and time than all
  ///   distances; else all distances.
  /// - Throws: `TopologyError`.
  func filtration(limit: Float?, workers: Int, control: ComputationControl) throws -> Filtration {
    switch coordinates {
    case .double(let points) where metric.isOfWholeCloud:
      var distances = InputDistances(
        try metric.matrix(of: points, workers: workers, control: control))
      if let kept { try distances.restrict(to: kept) }
      if !keepsDoubles { try distances.round(workers: workers, control: control) }
      return try distances.filtration(workers: workers, control: control)
    case .double(let points) where keepsDoubles:
      return .ranked(
        try RankedDistances(points: points, metric: metric, workers: workers, control: control))
    default: break
    }
    let limit = try limit.flatMap {
      try leavesFewPairs($0, workers: workers, control: control) ? $0 : nil
    }
    switch (coordinates, limit) {
    case (.single(let points), let limit?):
      return .sparse(
        try SparseDistances(
          points: points, metric: metric, threshold: limit, workers: workers, control: control))
    case (.double(let points), let limit?):
      return .sparse(
        try SparseDistances(
          points: points, metric: metric, threshold: limit, workers: workers, control: control))
    case (.single(let points), nil):
      return .dense(
        try SquareDistances(points: points, metric: metric, workers: workers, control: control))
    case (.double(let points), nil):
      return .dense(
        try SquareDistances(points: points, metric: metric, workers: workers, control: control))
    }
  }

  /// From so many points on, it is asked whether a limit leaves few enough pairs for a graph.
  private static let graphCount = 4096
  /// The share of pairs below which a graph takes less memory and time than a matrix.
  private static let graphDensity = 0.02

  /// Whether so few pairs are within the limit that a graph takes less memory and time than all
  /// distances.
  private func leavesFewPairs(
    _ limit: Float, workers: Int, control: ComputationControl
  ) throws -> Bool {
    guard count >= Self.graphCount else { return false }
    // The share of pairs among some hundred points, spread evenly over the rows.
    let sampleCount = min(count, 512)
    let rows = (0..<sampleCount).map { $0 * count / sampleCount }
    let sample =
      switch coordinates {
      case .single(let points): points.selectingRows(rows)
      case .double(let points): points.selectingRows(rows).converted(to: Float.self)
      }
    let distances = try SquareDistances(
      points: sample, metric: metric, workers: workers, control: control)
    let within = SparseDistances(distances, threshold: limit).edges.count
    return Double(within) < Self.graphDensity * Double(sampleCount * (sampleCount - 1) / 2)
  }
}

extension Metric {
  /// Whether a distance depends on all points.
  fileprivate var isOfWholeCloud: Bool {
    if case .wholeCloud = computation { true } else { false }
  }
}
