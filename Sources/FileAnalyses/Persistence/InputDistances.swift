import Files
import Foundation
import LinearAlgebra
import Topology

/// All distances of a file, or those of the landmarks, in the precision that is kept.
struct InputDistances {
  private enum Distances {
    case single(SquareDistances)
    case double(Matrix<Double>)
  }

  private var distances: Distances
  /// What was taken for something that a reader should know of.
  private(set) var notes: [String] = []

  /// Reads a file: a matrix in any of the formats, SciPy's condensed form of one, or a text (see `DistanceText`).
  ///
  /// A `.npy` is read row by row straight to where the distances lie.
  ///
  /// - Throws: `FileError`; `TopologyError` for distances that are none.
  init(
    _ path: String, keepsDoubles: Bool, workers: Int, control: ComputationControl
  ) throws {
    switch MatrixFile.format(ofPath: MatrixFile.split(path).path) {
    case .npy where !keepsDoubles:
      if let reader = try NumPyFile.RowReader(matrixAt: path), !Self.isCondensed(reader) {
        do {
          distances = .single(try Self.distances(reader, path, workers: workers, control: control))
        } catch let error as TopologyError {
          // One half may be empty.
          let matrix = try Self.matrix(MatrixFile.readArray(path), path, notes: &notes)
          guard !notes.isEmpty else { throw error }
          distances = .double(matrix)
        }
      } else {
        distances = .double(try Self.matrix(MatrixFile.readArray(path), path, notes: &notes))
      }
    case .npy, .npz, .safetensors:
      distances = .double(try Self.matrix(MatrixFile.readArray(path), path, notes: &notes))
    case .standardInput:
      let data = try StandardInput.readAll()
      if NumPyFile.isMarked(data) {
        distances = .double(
          try Self.matrix(
            NumPyFile.decode(data, file: StandardInput.name), StandardInput.name, notes: &notes))
      } else {
        distances = try Self.distances(
          data, StandardInput.name, keepsDoubles: keepsDoubles, workers: workers, notes: &notes)
      }
    case .text, nil:
      distances = try Self.distances(
        FileContents.read(path), path, keepsDoubles: keepsDoubles, workers: workers, notes: &notes)
    }
    if !keepsDoubles { distances = .single(try rounded(workers: workers, control: control)) }
    if case .double(var matrix) = distances {
      let adjustments = try DistanceAdjustments(repairing: &matrix)
      distances = .double(matrix)
      notes += adjustments.notes.map { "\(path): \($0)" }
    } else if case .single(let distances) = distances {
      notes += distances.adjustments.notes.map { "\(path): \($0)" }
    }
  }

  /// Distances of a text, in the precision that is kept.
  private static func distances(
    _ data: Data, _ file: String, keepsDoubles: Bool, workers: Int, notes: inout [String]
  ) throws -> Distances {
    func isEmpty<Scalar>(_ numbers: DistanceText<Scalar>.Numbers) -> Bool {
      switch numbers {
      case .lowerTriangle(let values), .square(let values): values.isEmpty
      }
    }
    if keepsDoubles {
      let text = try DistanceText<Double>(data, file: file)
      guard !isEmpty(text.numbers) else { throw FileError(file, "holds no distances") }
      notes += text.notes
      let matrix = squareMatrix(text)
      try HalfMatrix.requireNone(matrix.values, count: text.count, file: file)
      return .double(matrix)
    }
    let text = try DistanceText<Float>(data, file: file)
    guard !isEmpty(text.numbers) else { throw FileError(file, "holds no distances") }
    notes += text.notes
    if case .square(let values) = text.numbers {
      try HalfMatrix.requireNone(values, count: text.count, file: file)
    }
    let distances =
      switch text.numbers {
      case .lowerTriangle(let values):
        try SquareDistances(lowerTriangle: values, count: text.count, workers: workers)
      case .square(let values):
        try SquareDistances(
          matrix: Matrix(rows: text.count, columns: text.count, values: values), workers: workers)
      }
    try distances.requireSinglePrecision {
      let exact = squareMatrix(try DistanceText<Double>(data, file: file))
      return exact.values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    }
    return .single(distances)
  }

  private static func squareMatrix(_ text: DistanceText<Double>) -> Matrix<Double> {
    var matrix = Matrix<Double>(rows: text.count, columns: text.count)
    switch text.numbers {
    case .square(let values): matrix.values = values
    case .lowerTriangle(let values): fill(&matrix, lowerTriangle: values)
    }
    return matrix
  }

  private static func fill(_ matrix: inout Matrix<Double>, lowerTriangle values: [Double]) {
    var index = 0
    for i in 0..<matrix.rows {
      for j in 0..<i {
        matrix[i, j] = values[index]
        matrix[j, i] = values[index]
        index += 1
      }
    }
  }

  /// Whether a table is a list of distances in one row or column.
  private static func isCondensed(_ reader: NumPyFile.RowReader) -> Bool {
    min(reader.rows, reader.columns) == 1 && max(reader.rows, reader.columns) > 1
  }

  /// A square matrix, or SciPy's condensed form of one: d(0, 1), d(0, 2), …, d(1, 2), ….
  private static func matrix(
    _ array: NumPyFile.Contents<Double>, _ path: String, notes: inout [String]
  ) throws -> Matrix<Double> {
    let (shape, count) = (array.shape, array.values.count)
    guard count > 0 else { throw FileError(path, "holds no distances") }
    let isList = shape.count == 1 || shape.count == 2 && shape.contains(1) && count > 1
    guard isList else {
      guard shape.count == 2 else {
        throw FileError(
          path,
          "has the shape \(shape); expected [n, n], or SciPy's condensed form [n (n − 1) / 2]")
      }
      var matrix = Matrix(rows: shape[0], columns: shape[1], values: array.values)
      if let note = try HalfMatrix.fill(&matrix, file: path) { notes.append("\(path): \(note)") }
      return matrix
    }
    var side = Int((Double(8 * count + 1).squareRoot() + 1) / 2)
    while side * (side - 1) / 2 > count { side -= 1 }
    guard side * (side - 1) / 2 == count else {
      throw FileError(
        path,
        "has the shape \(shape); SciPy's condensed form of \(side) points has \(side * (side - 1) / 2) "
          + "distances, of \(side + 1) points \(side * (side + 1) / 2)")
    }
    var matrix = Matrix<Double>(rows: side, columns: side)
    var index = 0
    for i in 0..<side {
      for j in i + 1..<max(side, i + 1) {
        matrix[i, j] = array.values[index]
        matrix[j, i] = array.values[index]
        index += 1
      }
    }
    return matrix
  }

  private static func distances(
    _ rows: NumPyFile.RowReader, _ path: String, workers: Int, control: ComputationControl
  ) throws -> SquareDistances {
    guard rows.rows > 0 else { throw FileError(path, "holds no distances") }
    guard rows.rows == rows.columns else {
      throw TopologyError.invalid(
        "a distance matrix must be square; this has \(rows.rows) rows and \(rows.columns) "
          + "columns. If its rows are points, leave --distances out")
    }
    let distances = try unsafe SquareDistances(
      count: rows.rows, workers: workers, control: control
    ) { range, destination, stride in
      try unsafe rows.read(rows: range, into: destination, stride: stride)
    }
    if distances.adjustments.absentPairs > 0, !rows.isSinglePrecision {
      // A number beyond float32 became infinite.
      try requireSingle(MatrixFile.readArray(path).values, columns: rows.columns)
    }
    try distances.requireSinglePrecision {
      try MatrixFile.readArray(path).values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    }
    return distances
  }

  private static func requireSingle(_ values: [Double], columns: Int) throws {
    let limit = Double(Float.greatestFiniteMagnitude)
    guard let place = values.firstIndex(where: { $0.isFinite && $0.magnitude > limit }) else {
      return
    }
    throw SquareDistances.beyondFloat32(
      row: place / columns, column: place % columns, value: values[place])
  }

  /// The number of points.
  var count: Int {
    switch distances {
    case .single(let distances): distances.count
    case .double(let matrix): matrix.rows
    }
  }

  /// Distances that are computed already.
  init(_ matrix: Matrix<Double>) { distances = .double(matrix) }

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
    switch distances {
    case .single(let square): distances = .single(try square.restricted(to: indices))
    case .double(let matrix):
      distances = .double(matrix.selectingRows(indices).transposed().selectingRows(indices))
    }
  }

  /// Rounds the distances to single precision.
  ///
  /// - Throws: `TopologyError` for distances that are none.
  mutating func round(workers: Int, control: ComputationControl) throws {
    distances = .single(try rounded(workers: workers, control: control))
  }

  private func rounded(workers: Int, control: ComputationControl) throws -> SquareDistances {
    switch distances {
    case .single(let distances): return distances
    case .double(let matrix):
      try Self.requireSingle(matrix.values, columns: matrix.columns)
      let distances = try SquareDistances(
        matrix: matrix.converted(to: Float.self), workers: workers, control: control)
      try distances.requireSinglePrecision {
        matrix.values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
      }
      return distances
    }
  }

  /// The filtration of the distances that are left.
  ///
  /// - Throws: `TopologyError`.
  func filtration(workers: Int, control: ComputationControl) throws -> Filtration {
    switch distances {
    case .single(let distances): .dense(distances)
    case .double(let matrix):
      .ranked(try RankedDistances(matrix: matrix, workers: workers, control: control))
    }
  }
}
