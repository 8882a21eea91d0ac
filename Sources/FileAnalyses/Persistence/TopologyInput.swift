import Files
import Foundation
package import LinearAlgebra
package import Topology

/// A file of points, distances or weighted edges, and the filtration it stands for.
package struct TopologyInput: Sendable {
  /// What the file holds.
  package enum Kind: Sendable, Equatable {
    /// Points, a row each.
    case points(Metric)
    /// A square distance matrix, or Ripser's lower-triangular text.
    case distances
    /// A CSV with the columns i, j and distance; the number of vertices, or nil to count them.
    case sparse(vertexCount: Int?)

    /// As the JSON output names it.
    package var metricName: String {
      if case .points(let metric) = self { metric.name } else { "precomputed" }
    }
  }

  /// How distances are divided before the threshold is compared.
  package enum Scale: Sendable, Equatable {
    /// By a number.
    case number(Double)
    /// By the median of all pairwise distances.
    case median
  }

  /// Settings for reading.
  package struct Settings: Sendable {
    /// What the files hold.
    package var kind: Kind
    /// Whether distances keep float64 rather than being rounded to float32.
    package var keepsDoubles: Bool
    /// At most so many points, chosen by maxmin; nil for all.
    package var landmarks: Int?
    /// What distances are divided by.
    package var scale: Scale
    /// Where the filtration will end, in scaled distances; nil for all of it.
    package var threshold: Double?

    /// Settings as given.
    package init(
      kind: Kind, keepsDoubles: Bool, landmarks: Int?, scale: Scale, threshold: Double?
    ) {
      self.kind = kind
      self.keepsDoubles = keepsDoubles
      self.landmarks = landmarks
      self.scale = scale
      self.threshold = threshold
    }
  }

  /// What the file stands for.
  package let filtration: Filtration
  /// The number that distances are to be divided by.
  package let scale: Double
  /// The landmarks that stand for the points, if there were more.
  package let landmarks: Landmarks?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file, or `FILE.npz:NAME`, `FILE.safetensors:NAME`.
  ///   - settings: What it holds and what is made of it.
  ///   - workers: Threads.
  ///   - control: Watches and stops.
  /// - Throws: `FileError` naming the file and the place in it; `TopologyError.tooLarge` before
  ///   anything of that size is allocated.
  package init(
    _ path: String, settings: Settings, workers: Int, control: ComputationControl
  ) throws {
    var landmarks: Landmarks?
    do {
      switch settings.kind {
      case .points(let metric):
        (filtration, landmarks) = try Self.points(
          path, metric: metric, settings: settings, workers: workers, control: control)
      case .distances:
        (filtration, landmarks) = try Self.distances(
          path, settings: settings, workers: workers, control: control)
      case .sparse(let vertexCount):
        let table = try SparseDistancesFile(path: path)
        guard !table.triples.isEmpty || vertexCount != nil else {
          throw FileError(path, "lists no edge; give --vertices for points without any")
        }
        let place = { (row: Int) in "line \(table.lines[row])" }
        filtration =
          settings.keepsDoubles
          ? try .ranked(table.triples, vertexCount: vertexCount, place: place)
          : .sparse(
            try SparseDistances(validating: table.triples, vertexCount: vertexCount, place: place))
      }
    } catch let error as TopologyError where error != .cancelled {
      throw FileError(path, error.description)
    }
    self.landmarks = landmarks
    switch settings.scale {
    case .number(let number): scale = number
    case .median:
      guard let median = filtration.median(workers: workers), median > 0 else {
        throw FileError(
          path,
          filtration.isSparse
            ? "a graph has no median of all distances; give --scale a number"
            : filtration.vertexCount < 2
              ? "one point has no median distance; give --scale a number"
              : "the median distance is 0, by which nothing can be divided; give --scale a number")
      }
      scale = median
    }
  }

  // MARK: Points

  /// From so many points on, it is asked whether a threshold leaves few enough pairs for a graph.
  private static let graphCount = 4096
  /// The share of pairs below which a graph takes less memory and time than a matrix.
  private static let graphDensity = 0.02

  private static func points(
    _ path: String, metric: Metric, settings: Settings, workers: Int, control: ComputationControl
  ) throws -> (Filtration, Landmarks?) {
    if case .wholeCloud = metric.computation {
      return try wholeCloud(MatrixFile.read(path), metric: metric, settings, workers, control)
    }
    if settings.keepsDoubles {
      let (points, landmarks) = try sampled(MatrixFile.read(path), settings) { points, count in
        try Landmarks(
          points: points, metric: metric, count: count, workers: workers, control: control)
      }
      let distances = try RankedDistances(
        points: points, metric: metric, workers: workers, control: control)
      return (.ranked(distances), landmarks)
    }
    if let floats = try singlePrecision(path) {
      let (points, landmarks) = try sampled(floats, settings) { points, count in
        try Landmarks(
          points: points, metric: metric, count: count, workers: workers, control: control)
      }
      if let limit = try graphLimit(points, metric: metric, settings: settings, workers, control) {
        return (
          .sparse(
            try SparseDistances(
              points: points, metric: metric, threshold: limit, workers: workers,
              control: control)), landmarks
        )
      }
      let distances = try SquareDistances(
        points: points, metric: metric, workers: workers, control: control)
      return (.dense(distances), landmarks)
    }
    let (points, landmarks) = try sampled(MatrixFile.read(path), settings) { points, count in
      try Landmarks(
        points: points, metric: metric, count: count, workers: workers, control: control)
    }
    if let limit = try graphLimit(
      points.converted(to: Float.self), metric: metric, settings: settings, workers, control)
    {
      return (
        .sparse(
          try SparseDistances(
            points: points, metric: metric, threshold: limit, workers: workers, control: control)),
        landmarks
      )
    }
    let distances = try SquareDistances(
      points: points, metric: metric, workers: workers, control: control)
    return (.dense(distances), landmarks)
  }

  /// Landmarks keep the distances that they have among all points.
  private static func wholeCloud(
    _ points: Matrix<Double>, metric: Metric, _ settings: Settings, _ workers: Int,
    _ control: ComputationControl
  ) throws -> (Filtration, Landmarks?) {
    var matrix = try metric.matrix(of: points, workers: workers, control: control)
    var landmarks: Landmarks?
    if let count = settings.landmarks, count < points.rows {
      let chosen = try Landmarks(
        points: points, metric: metric, count: count, workers: workers, control: control)
      matrix = matrix.selectingRows(chosen.indices).transposed().selectingRows(chosen.indices)
      landmarks = chosen
    }
    if settings.keepsDoubles {
      let distances = try RankedDistances(matrix: matrix, workers: workers, control: control)
      return (.ranked(distances), landmarks)
    }
    let distances = try SquareDistances(
      matrix: matrix.converted(to: Float.self), workers: workers, control: control)
    return (.dense(distances), landmarks)
  }

  /// The landmarks of the points, when fewer were asked for than there are.
  private static func sampled<Scalar>(
    _ points: Matrix<Scalar>, _ settings: Settings,
    _ choose: (Matrix<Scalar>, Int) throws -> Landmarks
  ) throws -> (Matrix<Scalar>, Landmarks?) {
    guard let count = settings.landmarks, count < points.rows else { return (points, nil) }
    let landmarks = try choose(points, count)
    return (points.selectingRows(landmarks.indices), landmarks)
  }

  /// Points that the file holds in single or half precision, without a wider copy; nil for others.
  private static func singlePrecision(_ path: String) throws -> Matrix<Float>? {
    guard path.lowercased().hasSuffix(".npy") else { return nil }
    let rows = try NumPyFile.RowReader(path: path)
    guard rows.isSinglePrecision, !rows.isTransposed, rows.rows > 0, rows.columns > 0 else {
      return nil
    }
    return try rows.matrix()
  }

  /// The threshold, where it leaves so few pairs that a graph takes less memory and time than all
  /// distances; else nil.
  private static func graphLimit(
    _ points: Matrix<Float>, metric: Metric, settings: Settings, _ workers: Int,
    _ control: ComputationControl
  ) throws -> Float? {
    guard let threshold = settings.threshold, case .number(let scale) = settings.scale,
      points.rows >= graphCount
    else { return nil }
    let limit = Float(threshold * scale)
    guard limit.isFinite else { return nil }
    // The share of pairs among some hundred points, spread evenly over the rows.
    let count = min(points.rows, 512)
    let sample = points.selectingRows((0..<count).map { $0 * points.rows / count })
    let distances = try SquareDistances(
      points: sample, metric: metric, workers: workers, control: control)
    let within = SparseDistances(distances, threshold: limit).edges.count
    let isSparse = Double(within) < graphDensity * Double(count * (count - 1) / 2)
    return isSparse ? limit : nil
  }

  // MARK: Distances

  private static func distances(
    _ path: String, settings: Settings, workers: Int, control: ComputationControl
  ) throws -> (Filtration, Landmarks?) {
    if settings.keepsDoubles {
      var matrix = try squareMatrix(path)
      var landmarks: Landmarks?
      if let count = settings.landmarks, count < matrix.rows {
        let floats = try SquareDistances(
          matrix: matrix.converted(to: Float.self), workers: workers, control: control)
        let chosen = try Landmarks(floats, count: count, control: control)
        matrix = matrix.selectingRows(chosen.indices).transposed().selectingRows(chosen.indices)
        landmarks = chosen
      }
      let distances = try RankedDistances(matrix: matrix, workers: workers, control: control)
      return (.ranked(distances), landmarks)
    }
    var distances: SquareDistances
    if path.lowercased().hasSuffix(".npy") {
      let rows = try NumPyFile.RowReader(path: path)
      guard rows.rows > 0 else { throw FileError(path, "holds no distances") }
      guard rows.rows == rows.columns else {
        throw TopologyError.invalid(
          "a distance matrix must be square; this has \(rows.rows) rows and \(rows.columns) "
            + "columns. If its rows are points, leave --distances out")
      }
      distances = try unsafe SquareDistances(
        count: rows.rows, workers: workers, control: control
      ) { range, destination, stride in
        try unsafe rows.read(rows: range, into: destination, stride: stride)
      }
    } else if isText(path) {
      let text = try LowerTriangularText<Float>(path: path)
      guard !text.values.isEmpty else { throw FileError(path, "holds no distances") }
      distances = try SquareDistances(
        lowerTriangle: text.values, count: text.count, workers: workers)
    } else {
      distances = try SquareDistances(
        matrix: MatrixFile.read(path).converted(to: Float.self), workers: workers,
        control: control)
    }
    guard let count = settings.landmarks, count < distances.count else {
      return (.dense(distances), nil)
    }
    let landmarks = try Landmarks(distances, count: count, control: control)
    distances = try distances.restricted(to: landmarks.indices)
    return (.dense(distances), landmarks)
  }

  /// Whether the file is Ripser's text: anything that is none of the formats of matrices.
  private static func isText(_ path: String) -> Bool {
    ![".npy", ".npz", ".csv", ".safetensors"].contains { ending in
      path.lowercased().hasSuffix(ending) || path.lowercased().contains(ending + ":")
    }
  }

  /// A square float64 matrix from any of the formats.
  private static func squareMatrix(_ path: String) throws -> Matrix<Double> {
    guard isText(path) else { return try MatrixFile.read(path) }
    let text = try LowerTriangularText<Double>(path: path)
    guard !text.values.isEmpty else { throw FileError(path, "holds no distances") }
    var matrix = Matrix<Double>(rows: text.count, columns: text.count)
    var index = 0
    for i in 0..<text.count {
      for j in 0..<i {
        matrix[i, j] = text.values[index]
        matrix[j, i] = text.values[index]
        index += 1
      }
    }
    return matrix
  }
}

extension Filtration {
  /// Writes all distances, divided by a number, as a square `.npy` for another program.
  ///
  /// - Throws: `FileError` when there are no distances of all pairs, or the disk refuses.
  package func write(to path: String, scale: Double) throws {
    switch matrix(dividedBy: scale) {
    case .float32(let matrix): try AtomicFile.write(NumPyFile.encode(matrix), to: path)
    case .float64(let matrix): try AtomicFile.write(NumPyFile.encode(matrix), to: path)
    case nil:
      throw FileError(
        path, "only the pairs within the threshold were computed; leave --threshold out")
    }
  }
}
