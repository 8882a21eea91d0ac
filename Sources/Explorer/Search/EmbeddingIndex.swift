internal import CKernels
package import Files
internal import Foundation

/// The embeddings of an image set in half precision, in a file that is mapped into memory: what a search reads.
///
/// There is a row for every image, empty where it has no embedding. See `nearest(to:count:among:workers:rows:)` for the
/// search, which is exact, and `write(to:rows:dimension:key:row:)` for how it is made.
package final class EmbeddingIndex: Sendable {
  /// The float32 embeddings of some rows, in their order, each a unit vector of the index's dimension, the very ones that
  /// the index was made of.
  package typealias Rows = @Sendable (_ rows: [Int]) throws -> [[Float]]

  /// The file.
  package let path: String
  /// Which rows there are.
  package let present: RowMask
  /// The number of rows, empty ones among them.
  package var rowCount: Int { header.rows }
  /// The numbers of an embedding.
  package var dimension: Int { header.dimension }
  /// What it was made of, as whoever made it says.
  package var key: Digest { header.key }
  /// max ‖x − half(x)‖ over the rows x that there are.
  let rounding: Double
  let header: EmbeddingIndexHeader
  private let file: MappedFile

  /// Opens an index.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` when there is none, or it is not as it was written; whoever meets it makes the index again.
  /// - Complexity: O(bytes of the file), for its digest.
  package init(_ path: String) throws {
    self.path = path
    file = try MappedFile(path, atLeast: EmbeddingIndexHeader.byteCount)
    let header = try EmbeddingIndexHeader(
      file.bytes(0..<EmbeddingIndexHeader.byteCount), file: path)
    self.header = header
    guard file.count == header.fileCount else {
      throw FileError(
        path,
        "has \(file.count) bytes; \(header.rows) rows of \(header.dimension) numbers need \(header.fileCount): "
          + "remove it, and it is made again")
    }
    var digest = RunningDigest()
    for start in stride(from: 0, to: header.digestStart, by: Self.pieceSize) {
      digest.update(file.bytes(start..<min(header.digestStart, start + Self.pieceSize)))
    }
    let rounding = file.bytes(header.roundingStart..<header.digestStart).reversed()
      .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    self.rounding = Double(bitPattern: rounding)
    let bits = [UInt8](file.bytes(header.presenceStart..<header.roundingStart))
    guard digest.digest.bytes == [UInt8](file.bytes(header.digestStart..<header.fileCount)),
      let present = RowMask(count: header.rows, bytes: bits), self.rounding >= 0,
      self.rounding < .infinity
    else {
      throw FileError(
        path, "is damaged, its digest is another; remove it, and it is made again")
    }
    self.present = present
  }

  static let pieceSize = 1 << 20

  /// The products of a query with rows in half precision; see `kernel_scan`.
  ///
  /// - Parameters:
  ///   - rows: From a multiple of eight on.
  ///   - query: Shape [width].
  ///   - mask: The bytes of the mask of all rows.
  ///   - scores: Where the scores of all rows begin.
  func scan(
    _ rows: Range<Int>, query: UnsafePointer<Float>, mask: UnsafePointer<UInt8>,
    scores: UnsafeMutablePointer<Float>
  ) {
    precondition(rows.lowerBound.isMultiple(of: 8) && rows.upperBound <= rowCount)
    let offset = EmbeddingIndexHeader.byteCount + rows.lowerBound * header.width * 2
    unsafe kernel_scan(
      rows.count, header.width,
      (file.start + offset).assumingMemoryBound(to: UInt16.self), query,
      mask + rows.lowerBound / 8, scores + rows.lowerBound)
  }
}
