package import Files

/// The images of an input with what the store knows of them, a row each, sorted by path.
package struct StoredImages: Sendable {
  /// The images.
  package let images: [ExploredImage]
  /// The SHA-256 of their files; nil where none could be read yet.
  package let digests: [Digest?]
  /// Where their files are; nil where there is none any more.
  package let files: [String?]
  /// The rows of the images that have a thumbnail.
  package let pictured: RowMask
  /// The rows of every content; copies share one.
  package let rows: [Digest: [Int]]
  /// The row of every number.
  package let rowsOfNumbers: [Int64: Int]

  init(images: [ExploredImage], digests: [Digest?], files: [String?], pictured: RowMask) {
    precondition(images.count == digests.count && images.count == files.count)
    (self.images, self.digests, self.files, self.pictured) = (images, digests, files, pictured)
    var rows: [Digest: [Int]] = [:]
    for (row, digest) in digests.enumerated() {
      if let digest { rows[digest, default: []].append(row) }
    }
    self.rows = rows
    rowsOfNumbers = Dictionary(zip(images.map(\.number), images.indices)) { first, _ in first }
  }
}
