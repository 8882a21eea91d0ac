import Foundation

/// Ripser's text format of a distance matrix: the numbers below its diagonal.
///
/// Row i holds i numbers, d(i, 0) to d(i, i − 1); the first row is empty or absent. Numbers are separated
/// by commas, blanks and line ends, and, as in Ripser, the line ends need not be those of the rows.
public struct LowerTriangularText<Scalar: Sendable>: Sendable {
  /// d(1, 0), d(2, 0), d(2, 1), …: `count * (count - 1) / 2` numbers, finite and not negative.
  public let values: [Scalar]
  /// The number of points.
  public let count: Int
}

// Two initialisers, not a generic one: other modules could not call a specialised copy of that.

extension LowerTriangularText where Scalar == Float {
  /// Reads the file at `path`; each number is rounded once, to float32.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` naming the line of what is not a distance, or of the first row that has
  ///   not as many numbers as it should when those of all rows make no triangle.
  public init(path: String) throws {
    try self.init(scanning: FileContents.read(path), file: path)
  }
}

extension LowerTriangularText where Scalar == Double {
  /// Reads the file at `path` in double precision; see that for single precision.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError`.
  public init(path: String) throws {
    try self.init(scanning: FileContents.read(path), file: path)
  }
}

extension LowerTriangularText where Scalar: DecimalReadable {
  /// Reads the bytes of a file; `file` is its path, for messages.
  init(scanning data: Data, file: String) throws {
    try requireMemory(count: data.count, size: 1, file: file)
    var scanner = DecimalScanner(data)
    var values: [Scalar] = []
    values.reserveCapacity(data.count / 8)
    var line = 1
    var lineStart = 0  // the number of values before this line
    var row = 0  // the row that this line would be
    var misfit: String?
    var isAfterComma = false
    func endLine(_ line: Int) {
      let found = values.count - lineStart
      lineStart = values.count
      guard found > 0 else { return }
      row += 1
      if found != row, misfit == nil {
        misfit = "line \(line) has \(found) numbers; row \(row) (counted from 0) has \(row)"
      }
    }
    while let byte = scanner.current {
      switch byte {
      case UInt8(ascii: "\n"):
        endLine(line)
        line += 1
        isAfterComma = false
        scanner.skip()
      case UInt8(ascii: ","):
        guard !isAfterComma else {
          throw FileError(file, "line \(line): two commas without a number between them")
        }
        isAfterComma = true
        scanner.skip()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        scanner.skip()
      default:
        guard let value = scanner.next(Scalar.self), value.isFinite, value >= 0 else {
          throw FileError(
            file,
            "line \(line): \"\(scanner.token)\" is no distance; expected numbers, finite and not "
              + "negative, separated by commas or blanks")
        }
        values.append(value)
        isAfterComma = false
      }
    }
    endLine(line)
    let count = Int((Double(8 * values.count + 1).squareRoot() + 1) / 2)
    guard count * (count - 1) / 2 == values.count else {
      throw FileError(
        file,
        "holds \(values.count) numbers; \(count) points have \(count * (count - 1) / 2) and "
          + "\(count + 1) points \(count * (count + 1) / 2)"
          + (misfit.map { ": \($0). Expected row i to have i numbers, without the diagonal" } ?? "")
      )
    }
    self.values = values
    self.count = count
  }
}
