package import Files

/// Some images of a data set that are embedded together.
package struct ImageChunk: Sendable, Equatable {
  /// Rows of the data set, in order of their digests.
  package let rows: [Int]
  /// The identity of each image.
  package let digests: [Digest]
  /// As which of the data set's variants the images are meant; nil where it has none.
  package let variant: Int?

  /// The images in a cell's key, a line each: made once for all conditions.
  let imageLines: String

  package init(rows: [Int], digests: [Digest], variant: Int? = nil) {
    self.rows = rows
    self.digests = digests
    self.variant = variant
    imageLines = digests.map { "\(Self.imageWord)\($0)\n" }.joined()
  }

  static let imageWord = "image "

  /// Chunks hold no fewer and no more images than these, apart from the last.
  package static let sizes = 16...128

  /// Cuts a data set into chunks by content.
  ///
  /// Images are ordered by digest, and a chunk ends after an image whose digest's last 6 bits are
  /// zero: 64 images more or less. An image added or left out thus changes its own chunk and, where
  /// a size limit cut, the next; all others, and their cells, stay.
  static func chunks(digests: [Digest], variant: Int? = nil) -> [ImageChunk] {
    // Rows break the tie between identical files.
    let order = digests.indices.sorted { (digests[$0], $0) < (digests[$1], $1) }
    var chunks: [ImageChunk] = []
    var rows: [Int] = []
    for row in order {
      rows.append(row)
      let isBoundary = digests[row].bytes[31] & 63 == 0 && rows.count >= sizes.lowerBound
      if isBoundary || rows.count == sizes.upperBound || row == order.last {
        chunks.append(
          ImageChunk(rows: rows, digests: rows.map { digests[$0] }, variant: variant))
        rows = []
      }
    }
    return chunks
  }

  /// `count` images as batches of at most `size` for one thread each: an even number of batches of
  /// nearly equal size, decided by the count alone so that no bit depends on the number of threads.
  package static func batches(count: Int, size: Int) -> [Range<Int>] {
    let smallest = (count + size - 1) / size
    let batchCount = min(count, smallest + smallest % 2)
    return (0..<batchCount).map { count * $0 / batchCount..<count * ($0 + 1) / batchCount }
  }
}
