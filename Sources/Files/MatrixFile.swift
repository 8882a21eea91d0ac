import Foundation
public import LinearAlgebra

/// Points and embeddings from the formats that researchers have them in.
public enum MatrixFile {
  /// Reads a matrix: one sample a row, used as given.
  ///
  /// Formats, by the name: `.npy`, `.npz:MEMBER`, `.safetensors:TENSOR`, and text, `.csv`, `.tsv` or `.txt`:
  /// see `PointsText` for separators, headers and indices. `FILE.npz` or `FILE.safetensors` alone means its only
  /// member, and `-` standard input, text or `.npy`.
  ///
  /// - Parameters:
  ///   - specification: `PATH` or `PATH:MEMBER`.
  ///   - note: Hears what was taken for a header or an index, and of a matrix that looks like one of distances;
  ///     standard error unless given.
  /// - Returns: The matrix, [rows, columns], both above 0, all numbers finite.
  /// - Throws: `FileError` when the file is damaged, not two-dimensional, empty, or holds a number
  ///   that is not finite: the row and column are named.
  /// - Complexity: O(bytes of the file) time and memory.
  public static func read(
    _ specification: String, note: (String) -> Void = tell
  ) throws -> Matrix<Double> {
    try stored(specification, note: note).matrix
  }

  /// Reads a matrix, and tells in which precision the file stores its numbers; float64 of text.
  static func stored(
    _ specification: String, note: (String) -> Void
  ) throws -> (matrix: Matrix<Double>, precision: ElementPrecision) {
    let (path, member) = split(specification)
    let matrix: Matrix<Double>
    var precision = ElementPrecision.float64
    switch (format(ofPath: path), member) {
    case (.npy, nil):
      let data = try FileContents.read(path)
      matrix = try self.matrix(NumPyFile.decode(data, file: path), file: path)
      precision = try NumPyFile.Header(data, file: path).encoding.precision
    case (.npz, let member):
      let name = try member ?? only(NumPyArchive.names(of: path), path: path)
      matrix = try NumPyArchive.matrix(name, of: path)
      precision = try NumPyArchive.precision(of: name, in: path)
    case (.safetensors, let member):
      let tensors = try Safetensors(path: path)
      let name = try member ?? only(tensors.entries.keys.sorted(), path: path)
      let values = try tensors.doubles(name)
      matrix = try self.matrix(
        NumPyFile.Contents(shape: tensors.entries[name]?.shape ?? [], values: values),
        file: "\(path):\(name)")
      precision =
        tensors.entries[name].flatMap { NumberEncoding(safetensors: $0.type) }?.precision
        ?? .float64
    case (.text, nil):
      let text = try PointsText(FileContents.read(path), file: path)
      text.notes.forEach(note)
      matrix = text.matrix
    case (.standardInput, nil):
      let (data, file) = (try StandardInput.readAll(), StandardInput.name)
      if NumPyFile.isMarked(data) {
        matrix = try self.matrix(NumPyFile.decode(data, file: file), file: file)
        precision = try NumPyFile.Header(data, file: file).encoding.precision
      } else {
        let text = try PointsText(data, file: file)
        text.notes.forEach(note)
        matrix = text.matrix
      }
    default: throw unknown(path)
    }
    try requireFinite(matrix, file: path)
    if let problem = likenessToDistances(matrix) { note("\(path): \(problem)") }
    return (matrix, precision)
  }

  /// Writes a note to standard error.
  public static func tell(_ note: String) { StandardStreams.error(note + "\n") }

  /// What a file's name says of its format.
  package enum Format: Sendable { case npy, npz, safetensors, text, standardInput }

  /// The format that a path has by its ending; nil for another.
  package static func format(ofPath path: String) -> Format? {
    if path == StandardInput.argument { return .standardInput }
    return switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "npy": .npy
    case "npz": .npz
    case "safetensors": .safetensors
    case "csv", "tsv", "txt": .text
    default: nil
    }
  }

  private static func unknown(_ path: String) -> FileError {
    if path.lowercased().hasSuffix(".gz") {
      return FileError(path, "is packed by gzip; unpack it with gunzip")
    }
    return FileError(
      path,
      "is of no known kind; expected FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, FILE.csv, FILE.tsv "
        + "or FILE.txt")
  }

  /// Reads an array of any shape; see `read(_:note:)` for the formats, of which text is none.
  ///
  /// - Parameter specification: `PATH` or `PATH:MEMBER`.
  /// - Returns: The array.
  /// - Throws: `FileError`; a number that is not finite is none of its faults.
  package static func readArray(_ specification: String) throws -> NumPyFile.Contents<Double> {
    let (path, member) = split(specification)
    switch (format(ofPath: path), member) {
    case (.npy, nil): return try NumPyFile.decode(FileContents.read(path), file: path)
    case (.npz, let member):
      return try NumPyArchive.array(
        member ?? only(NumPyArchive.names(of: path), path: path), of: path)
    case (.safetensors, let member):
      let tensors = try Safetensors(path: path)
      let name = try member ?? only(tensors.entries.keys.sorted(), path: path)
      return NumPyFile.Contents(
        shape: tensors.entries[name]?.shape ?? [], values: try tensors.doubles(name))
    default: throw unknown(path)
    }
  }

  /// What is to be said of points that look like a matrix of distances; nil of others.
  ///
  /// - Complexity: O(rows²) for a square matrix whose diagonal is 0, else O(rows).
  package static func likenessToDistances<Scalar>(_ matrix: Matrix<Scalar>) -> String? {
    let count = matrix.rows
    guard count == matrix.columns, count > 2 else { return nil }
    let largest = matrix.values.reduce(0) { max($0, $1.magnitude) }
    // As much as single precision leaves of a product of vectors with themselves.
    let rounding = largest * 1e-5
    guard largest > 0, (0..<count).allSatisfy({ matrix[$0, $0].magnitude <= rounding }) else {
      return nil
    }
    for i in 0..<count {
      for j in 0..<i {
        let (here, there) = (matrix[i, j], matrix[j, i])
        guard here >= -rounding, (here - there).magnitude <= rounding else { return nil }
      }
    }
    return
      "is square (\(count) × \(count)), symmetric and 0 on its diagonal, as a matrix of distances is; "
      + "its rows are read as points (topoclip persistence reads distances with --distances)"
  }

  /// Reads like `read(_:note:)` in single precision.
  ///
  /// - Parameters:
  ///   - specification: `PATH` or `PATH:MEMBER`.
  ///   - note: Hears what `read(_:note:)` says.
  /// - Returns: The matrix, each number rounded to nearest.
  /// - Throws: `FileError` as `read(_:note:)`, and for a number too large for float32.
  public static func readFloats(
    _ specification: String, note: (String) -> Void = tell
  ) throws -> Matrix<Float> {
    let (path, member) = split(specification)
    let matrix: Matrix<Float>
    if member == nil, format(ofPath: path) == .npy {
      // Straight to float32: a large file is never in memory twice.
      let reader = try NumPyFile.RowReader(path: path)
      guard reader.rows > 0, reader.columns > 0 else {
        throw FileError(
          path,
          "has the shape [\(reader.rows), \(reader.columns)]; expected [rows, columns], both above 0"
        )
      }
      matrix = try reader.matrix()
      if let problem = likenessToDistances(matrix) { note("\(path): \(problem)") }
    } else {
      matrix = try read(specification, note: note).converted(to: Float.self)
    }
    try requireFinite(matrix, file: specification)
    return matrix
  }

  private static func requireFinite<Scalar>(_ matrix: Matrix<Scalar>, file: String) throws {
    guard let index = matrix.values.firstIndex(where: { !$0.isFinite }) else { return }
    throw FileError(
      file,
      "row \(index / matrix.columns), column \(index % matrix.columns) is \(matrix.values[index]); "
        + "every number must be finite in \(Scalar.self) (rows and columns count from 0)")
  }

  /// The file's path and the member's name, if there is one.
  ///
  /// A colon separates a member only after a known ending: paths may hold colons.
  ///
  /// - Parameter specification: `PATH` or `PATH:MEMBER`.
  /// - Returns: Both, or the path alone.
  public static func split(_ specification: String) -> (path: String, member: String?) {
    for ending in [".npz:", ".safetensors:"] {
      if let range = specification.range(of: ending, options: .backwards) {
        let path = specification[..<specification.index(before: range.upperBound)]
        return (String(path), String(specification[range.upperBound...]))
      }
    }
    return (specification, nil)
  }

  static func only(_ members: [String], path: String) throws -> String {
    guard members.count == 1 else {
      throw FileError(
        path,
        "holds \(members.count) arrays (\(members.listed)); name one "
          + "as \(path):NAME")
    }
    return members[0]
  }

  private static func matrix(_ array: NumPyFile.Contents<Double>, file: String) throws -> Matrix<
    Double
  > {
    guard array.shape.count == 2, array.shape[0] > 0, array.shape[1] > 0 else {
      throw FileError(
        file,
        "has the shape \(array.shape); expected [rows, columns], both above 0"
          + NumPyFile.Header.shapeRemedy(array.shape))
    }
    return Matrix(rows: array.shape[0], columns: array.shape[1], values: array.values)
  }
}
