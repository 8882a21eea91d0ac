import Foundation

/// The rows of a two-dimensional `.npy` array, read on demand: no copy of the whole.
///
/// Rows are read with `pread`, so any number of threads may read at once.
public final class NumPyRows: Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  private let file: String
  private let descriptor: Int32
  private let encoding: FloatEncoding
  private let bodyStart: Int

  /// Opens the file; nil when its layout is Fortran's, whose rows are not in one piece.
  ///
  /// - Throws: `FileError` as `NumPyFile.decode` does, for an array that is not two-dimensional too.
  public init?(path: String) throws {
    // The header is checked against the size of the whole file, which is only mapped.
    let header = try NumPyFile.Header(FileContents.read(path), file: path)
    guard header.shape.count == 2, header.shape[0] > 0, header.shape[1] > 0 else {
      throw FileError(path, "has the shape \(header.shape); expected [rows, columns], both above 0")
    }
    if header.isFortranOrder { return nil }
    file = path
    rows = header.shape[0]
    columns = header.shape[1]
    encoding = header.encoding
    bodyStart = header.bodyStart
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened") }
  }

  deinit { close(descriptor) }

  /// Reads rows as float32, each number rounded to nearest.
  ///
  /// - Parameters:
  ///   - range: Rows of the array.
  ///   - destination: Where the first goes; row k goes to `destination + k * stride`.
  ///   - stride: The floats from one row to the next, at least the number of columns.
  /// - Throws: `FileError` when the file has become shorter or cannot be read.
  public func read(
    _ range: Range<Int>, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) throws {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows && stride >= columns)
    let rowBytes = columns * encoding.size
    if encoding == .float32(bigEndian: false) {
      for (place, row) in range.enumerated() {
        try unsafe read(
          rowBytes, at: bodyStart + row * rowBytes, to: destination + place * stride)
      }
      return
    }
    var bytes = Data(count: rowBytes)
    for (place, row) in range.enumerated() {
      try unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return }
        try unsafe read(rowBytes, at: bodyStart + row * rowBytes, to: start)
      }
      for (column, value) in encoding.decode(bytes, count: columns).enumerated() {
        unsafe destination[place * stride + column] = value
      }
    }
  }

  private func read(_ count: Int, at offset: Int, to start: UnsafeMutableRawPointer) throws {
    var done = 0
    while done < count {
      let got = unsafe pread(descriptor, start + done, count - done, offset + done)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw FileError(file, "cannot be read at byte \(offset + done); was it changed meanwhile?")
      }
      done += got
    }
  }
}
