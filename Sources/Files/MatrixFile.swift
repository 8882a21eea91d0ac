import Foundation
public import LinearAlgebra

/// Points and embeddings from the formats that researchers have them in.
public enum MatrixFile {
  /// Reads a matrix: one sample a row, used as given.
  ///
  /// Formats, by the name: `.npy`, `.npz:MEMBER`, `.safetensors:TENSOR`, `.csv` (numbers; a first
  /// line without any is a header). `FILE.npz` or `FILE.safetensors` alone means its only member.
  ///
  /// - Parameter specification: `PATH` or `PATH:MEMBER`.
  /// - Returns: The matrix, [rows, columns], both above 0, all numbers finite.
  /// - Throws: `FileError` when the file is damaged, not two-dimensional, empty, or holds a number
  ///   that is not finite: the row and column are named.
  /// - Complexity: O(bytes of the file) time and memory.
  public static func read(_ specification: String) throws -> Matrix<Double> {
    let (path, member) = split(specification)
    let matrix: Matrix<Double>
    switch (URL(fileURLWithPath: path).pathExtension.lowercased(), member) {
    case ("npy", nil):
      matrix = try self.matrix(NumPyFile.decode(FileContents.read(path), file: path), file: path)
    case ("npz", let member):
      matrix = try NumPyArchive.matrix(
        member ?? only(NumPyArchive.names(of: path), path: path), of: path)
    case ("safetensors", let member):
      let tensors = try Safetensors(path: path)
      let name = try member ?? only(tensors.entries.keys.sorted(), path: path)
      let values = try tensors.doubles(name)
      matrix = try self.matrix(
        NumPyFile.Contents(shape: tensors.entries[name]?.shape ?? [], values: values),
        file: "\(path):\(name)")
    case ("csv", nil):
      matrix = try csv(FileContents.readText(path), file: path)
    default:
      throw FileError(
        path,
        "is of no known kind; expected FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME or FILE.csv")
    }
    try requireFinite(matrix, file: path)
    return matrix
  }

  /// Reads like `read(_:)` in single precision.
  ///
  /// - Parameter specification: `PATH` or `PATH:MEMBER`.
  /// - Returns: The matrix, each number rounded to nearest.
  /// - Throws: `FileError` as `read(_:)`, and for a number too large for float32.
  public static func readFloats(_ specification: String) throws -> Matrix<Float> {
    let (path, member) = split(specification)
    let matrix: Matrix<Float>
    if member == nil, URL(fileURLWithPath: path).pathExtension.lowercased() == "npy" {
      // Straight to float32: a large file is never in memory twice.
      let reader = try NumPyFile.RowReader(path: path)
      guard reader.rows > 0, reader.columns > 0 else {
        throw FileError(
          path,
          "has the shape [\(reader.rows), \(reader.columns)]; expected [rows, columns], both above 0"
        )
      }
      matrix = try reader.matrix()
    } else {
      matrix = try read(specification).converted(to: Float.self)
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
      throw FileError(file, "has the shape \(array.shape); expected [rows, columns], both above 0")
    }
    return Matrix(rows: array.shape[0], columns: array.shape[1], values: array.values)
  }

  static func csv(_ text: String, file: String) throws -> Matrix<Double> {
    var records = try CSV.records(text, file: file)
    func number(_ field: String) -> Double? {
      Double(field.trimmingCharacters(in: .whitespaces))
    }
    if let first = records.first, first.fields.allSatisfy({ number($0) == nil }) {
      records.removeFirst()
    }
    guard let columns = records.first?.fields.count else {
      throw FileError(file, "holds no row of numbers")
    }
    var values: [Double] = []
    for record in records {
      guard record.fields.count == columns else {
        throw FileError(
          file, "line \(record.line): \(record.fields.count) fields, the first row has \(columns)")
      }
      for (index, field) in record.fields.enumerated() {
        guard let value = number(field) else {
          throw FileError(
            file, "line \(record.line), field \(index + 1): \"\(field.prefix(40))\" is not a number"
          )
        }
        values.append(value)
      }
    }
    return Matrix(rows: records.count, columns: columns, values: values)
  }
}
