internal import CLIP
internal import Files
internal import LinearAlgebra
internal import Runs

/// The embeddings of what is explored: a run's, or those that the store has of a folder's images.
struct ExploredVectors {
  /// All that decides them but the images.
  let key: String
  /// The numbers of an embedding.
  let dimension: Int
  /// Which images have one.
  var embedded: RowMask
  /// The embeddings of some rows that have one, in float32.
  let rows: EmbeddingIndex.Rows
  /// What the images are, for the key of the index.
  private let digests: [Digest?]
  /// The file of the index.
  private let indexFile: String

  /// Those of a run's clean images.
  ///
  /// - Throws: `FileError` for embeddings that are missing or damaged.
  /// - Complexity: O(images · dimension), of memory too.
  init(run: ExploredRun, _ images: StoredImages, in store: ExplorerStore) throws {
    let matrix = try run.embeddings(.clean)
    key = "\(try run.digest(.clean))"
    dimension = matrix.columns
    embedded = RowMask(count: matrix.rows, all: true)
    rows = { rows in rows.map { Array(matrix.row($0)) } }
    digests = images.digests
    indexFile = Self.indexFile(store)
  }

  /// Those that a store has of images.
  ///
  /// - Throws: `FileError` for a damaged store.
  /// - Complexity: O(images · dimension), which are read once to be checked; memory of a bit an image.
  init(
    _ store: ExplorerStore, _ images: StoredImages, _ encoder: EmbeddingUpdate.Encoder
  ) throws {
    let (model, dimension) = (encoder.model, encoder.dimension)
    key = model.key
    self.dimension = dimension
    var embedded = RowMask(count: images.images.count)
    try store.forEachEmbedding(model, dimension: dimension) { digest, _ in
      for row in images.rows[digest] ?? [] { embedded.insert(row) }
    }
    self.embedded = embedded
    rows = { try store.embeddings(ofRows: $0, of: images, model, dimension: dimension) }
    digests = images.digests
    indexFile = Self.indexFile(store)
  }

  private static func indexFile(_ store: ExplorerStore) -> String { store.path + "-halves" }

  /// The embeddings of some rows, [rows, dimension].
  func matrix(_ wanted: [Int]) throws -> Matrix<Float> {
    var values: [Float] = []
    values.reserveCapacity(wanted.count * dimension)
    for start in stride(from: 0, to: wanted.count, by: 512) {
      for row in try rows(Array(wanted[start..<min(wanted.count, start + 512)])) { values += row }
    }
    return Matrix(rows: wanted.count, columns: dimension, values: values)
  }

  /// The index of those there are now: the file of an earlier start where it is of the same images and embeddings.
  ///
  /// - Throws: `FileError` when the disk refuses.
  /// - Complexity: O(images · dimension).
  func index() throws -> EmbeddingIndex {
    var text = "index 1 of \(key)\n"
    for (row, digest) in digests.enumerated() {
      text += embedded.contains(row) ? (digest.map { "\($0)" } ?? "-") + "\n" : "\n"
    }
    let key = Digest(of: text)
    if let there = try? EmbeddingIndex(indexFile), there.key == key,
      there.rowCount == embedded.count, there.dimension == dimension
    {
      return there
    }
    try EmbeddingIndex.write(
      to: indexFile, rows: embedded.count, dimension: dimension, key: key
    ) { row in
      if row.isMultiple(of: 1024) { try Interruption.check() }
      return embedded.contains(row) ? try rows([row])[0] : nil
    }
    return try EmbeddingIndex(indexFile)
  }
}
