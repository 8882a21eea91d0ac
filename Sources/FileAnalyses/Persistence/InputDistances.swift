import Files
import LinearAlgebra
import Topology

/// All distances of a file, or those of the landmarks, in the precision that is kept.
enum InputDistances {
  case single(SquareDistances)
  case double(Matrix<Double>)

  /// Reads a file: a matrix in any of the formats, or Ripser's lower-triangular text.
  ///
  /// A `.npy` is read row by row straight to where the distances lie.
  ///
  /// - Throws: `FileError`; `TopologyError` for distances that are none.
  init(
    _ path: String, keepsDoubles: Bool, workers: Int, control: ComputationControl
  ) throws {
    if Self.isText(path) {
      let isEmpty: Bool
      if keepsDoubles {
        let text = try LowerTriangularText<Double>(path: path)
        isEmpty = text.values.isEmpty
        self = .double(Self.squareMatrix(text))
      } else {
        let text = try LowerTriangularText<Float>(path: path)
        isEmpty = text.values.isEmpty
        self = .single(
          try SquareDistances(lowerTriangle: text.values, count: text.count, workers: workers))
      }
      guard !isEmpty else { throw FileError(path, "holds no distances") }
      if case .single(let distances) = self {
        try distances.requireSinglePrecision {
          try LowerTriangularText<Double>(path: path).values.max() ?? 0
        }
      }
    } else if !keepsDoubles, path.lowercased().hasSuffix(".npy") {
      let distances = try Self.distances(rowsOf: path, workers: workers, control: control)
      try distances.requireSinglePrecision { try MatrixFile.read(path).values.max() ?? 0 }
      self = .single(distances)
    } else {
      self = .double(try MatrixFile.read(path))
      if !keepsDoubles { self = .single(try rounded(workers: workers, control: control)) }
    }
  }

  /// Whether the file is Ripser's text: anything that is none of the formats of matrices.
  private static func isText(_ path: String) -> Bool {
    ![".npy", ".npz", ".csv", ".safetensors"].contains { ending in
      path.lowercased().hasSuffix(ending) || path.lowercased().contains(ending + ":")
    }
  }

  private static func squareMatrix(_ text: LowerTriangularText<Double>) -> Matrix<Double> {
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

  private static func distances(
    rowsOf path: String, workers: Int, control: ComputationControl
  ) throws -> SquareDistances {
    let rows = try NumPyFile.RowReader(path: path)
    guard rows.rows > 0 else { throw FileError(path, "holds no distances") }
    guard rows.rows == rows.columns else {
      throw TopologyError.invalid(
        "a distance matrix must be square; this has \(rows.rows) rows and \(rows.columns) "
          + "columns. If its rows are points, leave --distances out")
    }
    return try unsafe SquareDistances(
      count: rows.rows, workers: workers, control: control
    ) { range, destination, stride in
      try unsafe rows.read(rows: range, into: destination, stride: stride)
    }
  }

  /// The number of points.
  var count: Int {
    switch self {
    case .single(let distances): distances.count
    case .double(let matrix): matrix.rows
    }
  }

  /// Chooses points that stand for all.
  ///
  /// - Throws: `TopologyError`.
  func landmarks(count: Int, workers: Int, control: ComputationControl) throws -> Landmarks {
    try Landmarks(
      rounded(workers: workers, control: control), count: count, control: control)
  }

  /// Leaves the distances of the given points.
  ///
  /// - Throws: `TopologyError`.
  mutating func restrict(to indices: [Int]) throws {
    switch self {
    case .single(let distances): self = .single(try distances.restricted(to: indices))
    case .double(let matrix):
      self = .double(matrix.selectingRows(indices).transposed().selectingRows(indices))
    }
  }

  /// The distances in single precision.
  ///
  /// - Throws: `TopologyError` for distances that are none.
  func rounded(workers: Int, control: ComputationControl) throws -> SquareDistances {
    switch self {
    case .single(let distances): return distances
    case .double(let matrix):
      let distances = try SquareDistances(
        matrix: matrix.converted(to: Float.self), workers: workers, control: control)
      try distances.requireSinglePrecision { matrix.values.max() ?? 0 }
      return distances
    }
  }

  /// The filtration of the distances that are left.
  ///
  /// - Throws: `TopologyError`.
  func filtration(workers: Int, control: ComputationControl) throws -> Filtration {
    switch self {
    case .single(let distances): .dense(distances)
    case .double(let matrix):
      .ranked(try RankedDistances(matrix: matrix, workers: workers, control: control))
    }
  }
}
