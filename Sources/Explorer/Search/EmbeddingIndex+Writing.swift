internal import CKernels
package import Files
internal import Foundation

extension EmbeddingIndex {
  /// Writes an index, row by row: memory does not grow with it.
  ///
  /// The file is written beside `path` under a temporary name and renamed into place; an index that is open goes on as
  /// it was.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - rows: The number of rows.
  ///   - dimension: The numbers of an embedding.
  ///   - key: What it is made of: an index with another key is to be made again.
  ///   - row: The embedding of a row, a unit vector; nil where there is none. Called once a row, in ascending order.
  /// - Throws: `FileError` for a row that is of another dimension or no unit vector, which one with a NaN is not; for
  ///   more rows than there can be; when the disk refuses. And what `row` throws. The old file stays then.
  /// - Complexity: O(rows · dimension) time, O(1) memory beside a bit a row.
  package static func write(
    to path: String, rows: Int, dimension: Int, key: Digest, row: (Int) throws -> [Float]?
  ) throws {
    guard (0...EmbeddingIndexHeader.mostRows).contains(rows),
      EmbeddingIndexHeader.dimensions.contains(dimension)
    else {
      throw FileError(
        path,
        "cannot hold \(rows) rows of \(dimension) numbers; expected at most \(EmbeddingIndexHeader.mostRows) of "
          + "\(EmbeddingIndexHeader.dimensions.lowerBound) to \(EmbeddingIndexHeader.dimensions.upperBound)"
      )
    }
    let header = EmbeddingIndexHeader(rows: rows, dimension: dimension, key: key)
    try AtomicFile.writeInPlace(to: path) { file in
      var digest = RunningDigest()
      var piece = header.data
      var present = RowMask(count: rows)
      var rounding = 0.0
      var halves = HalvedRow(width: header.width)
      for index in 0..<rows {
        if let embedding = try row(index) {
          guard embedding.count == dimension else {
            throw FileError(
              path,
              "row \(index) (counted from 0) has \(embedding.count) numbers; expected \(dimension)")
          }
          guard let error = halves.set(embedding) else {
            throw FileError(path, "row \(index) (counted from 0) is no unit vector")
          }
          rounding = max(rounding, error)
          present.insert(index)
        } else {
          halves.clear()
        }
        halves.append(to: &piece)
        if piece.count >= pieceSize {
          digest.update(piece)
          try file.write(contentsOf: piece)
          piece.removeAll(keepingCapacity: true)
        }
      }
      piece.append(contentsOf: present.bytes)
      piece.append(littleEndian: rounding.bitPattern)
      digest.update(piece)
      piece.append(contentsOf: digest.digest.bytes)
      try file.write(contentsOf: piece)
    }
  }
}

/// A row rounded to half precision and filled up with zeros.
private struct HalvedRow {
  private var halves: [UInt16]
  private var widened: [Float]

  init(width: Int) {
    halves = [UInt16](repeating: 0, count: width)
    widened = [Float](repeating: 0, count: width)
  }

  /// Rounds a unit vector, and returns ‖x − half(x)‖; nil of what is none.
  mutating func set(_ row: [Float]) -> Double? {
    let square = row.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard abs(square - 1) <= EmbeddingIndex.unitTolerance else { return nil }
    unsafe kernel_narrow_float16(row.count, row, &halves)
    unsafe kernel_widen_float16(halves, &widened, row.count)
    var error = 0.0
    for (exact, rounded) in zip(row, widened) {
      let difference = Double(exact) - Double(rounded)
      error += difference * difference
    }
    return error.squareRoot()
  }

  mutating func clear() { for place in halves.indices { halves[place] = 0 } }

  /// Appends the bytes, the lower one of each number first.
  func append(to data: inout Data) {
    unsafe halves.withUnsafeBytes { unsafe data.append(contentsOf: $0) }
  }
}
