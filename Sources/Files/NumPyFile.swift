public import Foundation
public import LinearAlgebra

/// NumPy's `.npy` format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html):
/// arrays of numbers read, and arrays of floats written.
public enum NumPyFile {
  /// An array as a file holds it.
  public struct Contents<Scalar: Sendable>: Sendable {
    /// The extents, outermost first.
    public let shape: [Int]
    /// The elements, the last index varying fastest.
    public let values: [Scalar]
  }

  /// Whether bytes begin as a `.npy` file does.
  package static func isMarked(_ data: Data) -> Bool { data.starts(with: [0x93] + "NUMPY".utf8) }

  /// Reads floats, integers or booleans in either byte order, C or Fortran layout, exactly.
  ///
  /// - Throws: `FileError` when the header lies about the file, the elements are no numbers, or an integer is beyond
  ///   2⁵³, where float64 does not hold every one.
  public static func decode(_ data: Data, file: String) throws -> Contents<Double> {
    let header = try Header(data, file: file)
    try requireMemory(count: header.count, size: MemoryLayout<Double>.size, file: file)
    let body = data[(data.startIndex + header.bodyStart)...]
    try header.requireExact(body, count: header.count, file: file)
    let values = header.encoding.decodeDoubles(body, count: header.count)
    return Contents(shape: header.shape, values: header.rowMajor(values))
  }

  /// Reads like `decode(_:file:)`, rounding float64 to float32.
  public static func decodeFloats(_ data: Data, file: String) throws -> Contents<Float> {
    let header = try Header(data, file: file)
    try requireMemory(count: header.count, size: MemoryLayout<Float>.size, file: file)
    let body = data[(data.startIndex + header.bodyStart)...]
    try header.requireExact(body, count: header.count, file: file)
    let values = header.encoding.decode(body, count: header.count)
    return Contents(shape: header.shape, values: header.rowMajor(values))
  }

  /// The bytes of a two-dimensional little-endian float32 array.
  public static func encode(_ matrix: Matrix<Float>) -> Data {
    var data = header("<f4", rows: matrix.rows, columns: matrix.columns)
    unsafe matrix.values.withUnsafeBytes { bytes in unsafe data.append(contentsOf: bytes) }
    return data
  }

  /// The bytes of a two-dimensional little-endian float64 array.
  public static func encode(_ matrix: Matrix<Double>) -> Data {
    var data = header("<f8", rows: matrix.rows, columns: matrix.columns)
    unsafe matrix.values.withUnsafeBytes { bytes in unsafe data.append(contentsOf: bytes) }
    return data
  }

  /// The number of bytes that `encode` gives for a float32 matrix of that shape.
  public static func encodedSize(rows: Int, columns: Int) -> Int {
    header("<f4", rows: rows, columns: columns).count + 4 * rows * columns
  }

  /// Everything before the elements.
  package static func header(_ type: String, rows: Int, columns: Int) -> Data {
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // Magic, version and header length take 10 bytes; all of it fills a multiple of 64.
    let padded = text + String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    var data = Data([0x93] + "NUMPY".utf8 + [1, 0])
    data.append(contentsOf: [UInt8(padded.utf8.count & 0xFF), UInt8(padded.utf8.count >> 8)])
    data.append(contentsOf: padded.utf8)
    return data
  }

  /// What stands before the elements.
  struct Header {
    let encoding: NumberEncoding
    let isFortranOrder: Bool
    let shape: [Int]
    let count: Int
    let bodyStart: Int

    /// Reads the header of a file of `size` bytes from `data`, the first of them or all.
    init(_ data: Data, size fileSize: Int? = nil, file: String) throws {
      let fileSize = fileSize ?? data.count
      let bytes = [UInt8](data.prefix(12))
      guard bytes.count >= 10, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
        throw FileError(file, "does not start as a .npy file does")
      }
      let lengthSize = bytes[6] == 1 ? 2 : 4  // version 1 has a 16-bit length, 2 and 3 a 32-bit one
      guard (1...3).contains(bytes[6]), bytes.count >= 8 + lengthSize else {
        throw FileError(file, "has .npy version \(bytes[6]); expected 1, 2 or 3")
      }
      let length = bytes[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
      bodyStart = 8 + lengthSize + length
      guard bodyStart <= fileSize else {
        throw FileError(file, "claims a header of \(length) bytes and has \(fileSize) in all")
      }
      guard length <= Self.lengthLimit else {
        throw FileError(
          file, "has a header of \(length) bytes; no array of numbers needs so long one")
      }
      let fields = try Self.fields(
        String(
          decoding: data[(data.startIndex + 8 + lengthSize)..<(data.startIndex + bodyStart)],
          as: UTF8.self), file: file)
      guard let encoding = NumberEncoding(numPy: fields.type) else {
        throw FileError(
          file,
          "its elements are \(fields.type); expected floats (f2, f4, f8), integers or booleans: "
            + Self.remedy(elements: fields.type))
      }
      self.encoding = encoding
      isFortranOrder = fields.isFortranOrder
      var shape: [Int] = []
      var size = encoding.size
      var extents = fields.shape.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if extents.last == "" { extents.removeLast() }  // of `()` and `(3,)`
      for text in extents {
        let extent = Int(text)
        let (product, overflow) = size.multipliedReportingOverflow(by: extent ?? .max)
        guard let extent, !overflow else {
          throw FileError(file, "its header claims the shape (\(fields.shape.prefix(80)))")
        }
        shape.append(extent)
        size = product
      }
      self.shape = shape
      guard size == fileSize - bodyStart else {
        throw FileError(
          file,
          "shape (\(fields.shape.prefix(80))) of \(fields.type) needs \(size) bytes, the file has "
            + "\(fileSize - bodyStart) after its header; it is damaged or "
            + (size > fileSize - bodyStart ? "cut short" : "something follows the array"))
      }
      count = size / encoding.size
    }

    /// How an array becomes one of numbers.
    private static func remedy(elements type: String) -> String {
      switch type.first(where: { $0.isLetter }) {
      case "c": "save the real part, x.real, or the size, np.abs(x); a complex number is two"
      case "U", "S", "a":
        "texts are no numbers; save np.char.strip(x).astype(\"float64\") if each is one"
      case "O": "save np.array(x.tolist(), dtype=\"float64\")"
      case "M": "save the time since a moment, (x - x.min()) / np.timedelta64(1, \"s\")"
      case "m": "save x / np.timedelta64(1, \"s\")"
      default: "save the array as .astype(\"float64\")"
      }
    }

    /// NumPy itself reads no header of more than 10,000 characters.
    static let lengthLimit = 65_535

    /// The bytes at the beginning of a file that hold any header.
    static let sizeLimit = 12 + lengthLimit

    /// Refuses whole numbers that float64 does not hold.
    ///
    /// - Parameters:
    ///   - bytes: Elements.
    ///   - count: How many.
    ///   - first: The place of the first of them in the array.
    ///   - file: The path, for messages.
    /// - Throws: `FileError` naming the element.
    func requireExact(_ bytes: Data, count: Int, first: Int = 0, file: String) throws {
      guard let (place, text) = encoding.inexactInteger(in: bytes, count: count) else { return }
      throw FileError(
        file,
        "element \(first + place) (counted from 0, as they lie) is \(text), beyond the 2^53 up to which float64 "
          + "holds every whole number")
    }

    /// Checks that the array is a matrix with something in it.
    ///
    /// - Throws: `FileError` with the shape.
    func requireMatrix(file: String) throws {
      guard shape.count == 2, shape[0] > 0, shape[1] > 0 else {
        throw FileError(
          file,
          "has the shape \(shape); expected [rows, columns], both above 0" + Self.shapeRemedy(shape)
        )
      }
    }

    /// What to do with an array that is no matrix.
    static func shapeRemedy(_ shape: [Int]) -> String {
      shape.count == 1 && shape[0] > 0
        ? ": save x.reshape(-1, 1) for points with one coordinate, x.reshape(1, -1) for one point"
        : ""
    }

    private typealias Fields = (type: String, isFortranOrder: Bool, shape: String)

    /// The three fields of the header, a Python dictionary, in any order as the format demands.
    private static func fields(_ text: String, file: String) throws -> Fields {
      let failure = FileError(
        file, "its header is not that of an array of numbers: \(text.prefix(120))")
      let field =
        /\s*["'](\w+)["']\s*:\s*(?:["']([^"']*)["']|(True|False)|\(([0-9, ]*)\))\s*(?:,|(?=\}))/
      var type: String?
      var isFortranOrder: Bool?
      var shape: String?
      guard text.hasPrefix("{") else { throw failure }
      var rest = text.dropFirst()
      while let match = rest.prefixMatch(of: field) {
        switch match.1 {
        case "descr" where type == nil: type = match.2.map { String($0) }
        case "fortran_order" where isFortranOrder == nil:
          isFortranOrder = match.3.map { $0 == "True" }
        case "shape" where shape == nil: shape = match.4.map { String($0) }
        default: throw failure
        }
        rest = rest[match.range.upperBound...]
      }
      guard rest.wholeMatch(of: /\s*\}\s*/) != nil, let type, let isFortranOrder, let shape else {
        throw failure
      }
      return (type, isFortranOrder, shape)
    }

    /// Fortran order has the first index varying fastest: the transpose of C order.
    func rowMajor<Scalar>(_ values: [Scalar]) -> [Scalar] {
      guard isFortranOrder, shape.count > 1, !values.isEmpty else { return values }
      var result: [Scalar] = []
      result.reserveCapacity(values.count)
      var index = [Int](repeating: 0, count: shape.count)
      var strides = [Int](repeating: 1, count: shape.count)
      for axis in 1..<shape.count { strides[axis] = strides[axis - 1] * shape[axis - 1] }
      for _ in values.indices {
        result.append(values[zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }])
        // Odometer: the last index turns fastest.
        for axis in shape.indices.reversed() {
          index[axis] += 1
          if index[axis] < shape[axis] { break }
          index[axis] = 0
        }
      }
      return result
    }
  }
}
