import CKernels
import Foundation
public import LinearAlgebra

extension NumPyFile {
  /// Rows of a two-dimensional `.npy` file, read straight to where they are wanted, from several
  /// threads: the file is neither mapped nor held in memory as a whole.
  public final class RowReader: Sendable {
    /// The number of rows; of a file in Fortran order, its columns: it is read as its transpose.
    public let rows: Int
    /// The numbers in a row.
    public let columns: Int
    /// Whether the file holds its transpose, which matters for all but symmetric matrices.
    public let isTransposed: Bool
    /// How finely the file's type rounds numbers.
    public let precision: ElementPrecision
    /// Whether float32 holds every number of the file's type.
    public let isSinglePrecision: Bool
    private let path: String
    private let header: Header
    private let descriptor: Int32

    /// Opens a file and checks its header against its size.
    ///
    /// - Parameter path: A `.npy` file of numbers in either byte order.
    /// - Throws: `FileError` when it cannot be read, is damaged or is not two-dimensional.
    public convenience init(path: String) throws {
      try self.init(open: path)
      guard header.shape.count == 2 else { throw shapeFault }
    }

    /// Opens a file as `init(path:)`; nil where it is not two-dimensional.
    package convenience init?(matrixAt path: String) throws {
      try self.init(open: path)
      guard header.shape.count == 2 else { return nil }
    }

    private var shapeFault: FileError {
      FileError(
        path,
        "has the shape \(header.shape); expected [rows, columns]" + Header.shapeRemedy(header.shape)
      )
    }

    private init(open path: String) throws {
      var isDirectory: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw FileContents.absence(of: path)
      }
      guard !isDirectory.boolValue else { throw FileError(path, "is a folder; expected a file") }
      let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw FileError(path, "cannot be read: \(Self.lastError)") }
      do {
        let size = Int(lseek(file, 0, SEEK_END))
        var start = [UInt8](repeating: 0, count: min(max(size, 0), Header.sizeLimit))
        try unsafe start.withUnsafeMutableBytes { bytes in
          try unsafe Self.read(file, bytes, at: 0, path)
        }
        try GitLFSPointer.refuse(Data(start.prefix(64)), file: path)
        header = try Header(Data(start), size: size, file: path)
      } catch {
        close(file)
        throw error
      }
      self.path = path
      descriptor = file
      isTransposed = header.isFortranOrder
      // Of other shapes neither is asked for.
      let shape = header.shape.count == 2 ? header.shape : [0, 0]
      rows = shape[isTransposed ? 1 : 0]
      columns = shape[isTransposed ? 0 : 1]
      precision = header.encoding.precision
      isSinglePrecision = header.encoding.isSinglePrecision
    }

    deinit { close(descriptor) }

    /// Reads some rows, float64 rounded to float32.
    ///
    /// - Parameters:
    ///   - wanted: The rows.
    ///   - destination: Where the first begins.
    ///   - stride: The floats from there to the beginning of the next; those between are left alone.
    /// - Throws: `FileError` when the system cannot read them any more.
    public func read(
      rows wanted: Range<Int>, into destination: UnsafeMutablePointer<Float>, stride: Int
    ) throws {
      precondition(wanted.lowerBound >= 0 && wanted.upperBound <= rows && stride >= columns)
      guard columns > 0 else { return }
      for (place, row) in wanted.enumerated() {
        let output = unsafe UnsafeMutableBufferPointer(
          start: destination + place * stride, count: columns)
        switch header.encoding {
        case .float32(let bigEndian):
          try unsafe fill(UnsafeMutableRawBufferPointer(output), row)
          guard bigEndian else { continue }
          for j in 0..<columns {
            unsafe output[j] = Float(bitPattern: output[j].bitPattern.byteSwapped)
          }
        case .float64(let bigEndian):
          let words = try words(row, of: UInt64.self, bigEndian)
          for j in 0..<columns { unsafe output[j] = Float(Double(bitPattern: words[j])) }
        case .float16(let bigEndian):
          let words = try words(row, of: UInt16.self, bigEndian)
          if let start = output.baseAddress {
            unsafe kernel_widen_float16(words, start, columns)
          }
        case .integer, .boolean:
          var bytes = Data(count: columns * header.encoding.size)
          try unsafe bytes.withUnsafeMutableBytes { bytes in try unsafe fill(bytes, row) }
          try header.requireExact(bytes, count: columns, first: row * columns, file: path)
          let numbers = header.encoding.decode(bytes, count: columns)
          for j in 0..<columns { unsafe output[j] = numbers[j] }
        case .bfloat16:
          preconditionFailure("NumPy has no bfloat16")
        }
      }
    }

    /// Reads the whole file, rounding float64 to float32.
    ///
    /// - Returns: The matrix as it is meant, [rows, columns], also from Fortran order.
    /// - Throws: `FileError` when the system cannot read it any more.
    /// - Complexity: O(rows · columns).
    public func matrix() throws -> Matrix<Float> {
      try requireMemory(count: rows * columns, size: MemoryLayout<Float>.size, file: path)
      let values = try unsafe [Float](unsafeUninitializedCapacity: rows * columns) {
        buffer, initialized in
        if let start = buffer.baseAddress {
          try unsafe read(rows: 0..<rows, into: start, stride: columns)
        }
        initialized = rows * columns
      }
      let matrix = Matrix(rows: rows, columns: columns, values: values)
      return isTransposed ? matrix.transposed() : matrix
    }

    private func words<Word: FixedWidthInteger>(
      _ row: Int, of type: Word.Type, _ bigEndian: Bool
    ) throws -> [Word] {
      var words = [Word](repeating: 0, count: columns)
      try unsafe words.withUnsafeMutableBytes { bytes in try unsafe fill(bytes, row) }
      if bigEndian { for j in 0..<columns { words[j] = words[j].byteSwapped } }
      return words
    }

    private func fill(_ bytes: UnsafeMutableRawBufferPointer, _ row: Int) throws {
      let offset = header.bodyStart + row * columns * header.encoding.size
      try unsafe Self.read(descriptor, bytes, at: offset, path)
    }

    private static func read(
      _ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int, _ path: String
    ) throws {
      var done = 0
      while done < bytes.count {
        let start = unsafe bytes.baseAddress.map { unsafe $0 + done }
        let count = unsafe pread(descriptor, start, bytes.count - done, offset + done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          let reason = count < 0 ? lastError : "it ends at byte \(offset + done)"
          throw FileError(path, "cannot be read to its end: \(reason)")
        }
        done += count
      }
    }

    private static var lastError: String { unsafe String(cString: strerror(errno)) }
  }
}
