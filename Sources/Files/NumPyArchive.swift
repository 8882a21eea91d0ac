public import Foundation
public import LinearAlgebra

/// NumPy's `.npz` format: named arrays in a zip archive, as `numpy.load` opens it.
public enum NumPyArchive {
  /// The bytes of an archive of float64 matrices, stored uncompressed; the same bytes every time.
  ///
  /// - Parameter arrays: The members in order; a name appears once, without `.npy`.
  /// - Returns: The archive.
  /// - Throws: `FileError` when the system's temporary folder cannot hold it.
  public static func encode(_ arrays: [(name: String, matrix: Matrix<Double>)]) throws -> Data {
    try ZipArchive.encode(
      arrays.map { (name: $0.name + ".npy", data: NumPyFile.encode($0.matrix)) })
  }

  /// The names of the arrays in the archive at a path, in its order.
  ///
  /// - Throws: `FileError` when there is no such file or it is not a zip archive.
  package static func names(of path: String) throws -> [String] { try ZipArchive(path).names }

  /// Reads a matrix, exactly.
  ///
  /// The array's header is read first, and its shape compared with the size that the archive says, so
  /// that nothing is unpacked of an array that cannot be used. The rest is unpacked piece by piece into the
  /// result.
  ///
  /// - Parameters:
  ///   - name: The array's name, with `.npy` or without.
  ///   - path: The archive's path.
  /// - Returns: The matrix, [rows, columns], both above 0.
  /// - Throws: `FileError` when the archive is damaged, has no such array, or the array is not
  ///   two-dimensional, empty, or not of numbers.
  /// - Complexity: O(rows · columns) time; memory for the result, and for it twice in Fortran's order.
  static func matrix(_ name: String, of path: String) throws -> Matrix<Double> {
    let array = try Opened(name, of: path)
    let header = array.header
    try header.requireMatrix(file: array.file)
    // Of Fortran's order the transpose is read.
    let shape = header.isFortranOrder ? header.shape.reversed() : header.shape
    let matrix = Matrix(rows: shape[0], columns: shape[1], values: try values(of: array))
    return header.isFortranOrder ? matrix.transposed() : matrix
  }

  /// In which precision the archive stores the numbers of an array.
  static func precision(of name: String, in path: String) throws -> ElementPrecision {
    try Opened(name, of: path).header.encoding.precision
  }

  /// Reads an array of any shape, exactly; see `matrix(_:of:)`.
  package static func array(_ name: String, of path: String) throws -> NumPyFile.Contents<Double> {
    let array = try Opened(name, of: path)
    let header = array.header
    return NumPyFile.Contents(
      shape: header.shape, values: header.rowMajor(try values(of: array)))
  }

  /// An array whose header is read.
  private struct Opened {
    /// The archive and the name, for messages.
    let file: String
    let member: ZipMember
    /// The header and what follows it.
    let start: Data
    let header: NumPyFile.Header

    init(_ name: String, of path: String) throws {
      file = "\(path):\(name)"
      // A name may end as the files in the archive do, or be that of such a file.
      let isFile = try name.hasSuffix(".npy") && !names(of: path).contains(name + ".npy")
      member = try ZipMember(isFile ? name : name + ".npy", of: path)
      start = try member.read(min(member.size, NumPyFile.Header.sizeLimit))
      header = try NumPyFile.Header(start, size: member.size, file: file)
    }
  }

  /// The elements as they lie.
  private static func values(of array: Opened) throws -> [Double] {
    let (member, header, file) = (array.member, array.header, array.file)
    try requireMemory(count: header.count, size: MemoryLayout<Double>.size, file: file)
    // All empty arrays are one and the same, and nothing is to be written into it.
    guard header.count > 0 else {
      try member.requireEnd()
      return []
    }
    let elementSize = header.encoding.size
    var rest = array.start.dropFirst(header.bodyStart)
    let values = try unsafe [Double](unsafeUninitializedCapacity: header.count) {
      buffer, initialized in
      while initialized < header.count {
        // A piece ends where an element ends.
        let missing = (header.count - initialized) * elementSize - rest.count
        if rest.count < elementSize { rest += try member.read(min(missing, pieceSize)) }
        let count = min(rest.count / elementSize, header.count - initialized)
        guard count > 0 else { throw member.wrongSize }
        try header.requireExact(rest, count: count, first: initialized, file: file)
        let piece = header.encoding.decodeDoubles(rest, count: count)
        _ = unsafe UnsafeMutableBufferPointer(rebasing: buffer[initialized...])
          .initialize(fromContentsOf: piece)
        initialized += count
        rest = rest.dropFirst(count * elementSize)
      }
    }
    try member.requireEnd()
    return values
  }

  private static let pieceSize = 1 << 20
}
