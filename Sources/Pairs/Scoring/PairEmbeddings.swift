package import LinearAlgebra

/// The embeddings of scored pairs, each distinct image and each distinct caption once, whatever holds them: rows are
/// read where they are needed, for all of them may be more than memory has.
package protocol PairEmbeddings: Sendable {
  /// The columns of every embedding.
  var dimension: Int { get }
  /// How many distinct images there are.
  var imageCount: Int { get }
  /// How many distinct captions.
  var textCount: Int { get }

  /// Embeddings of images, unit rows.
  ///
  /// - Parameter indices: Which, each below `imageCount`, in any order.
  /// - Returns: [indices, dimension].
  /// - Throws: `FileError` when the disk refuses.
  func images(_ indices: [Int]) throws -> Matrix<Float>

  /// Embeddings of captions, likewise.
  ///
  /// - Parameter indices: Which, each below `textCount`, in any order.
  /// - Returns: [indices, dimension].
  /// - Throws: `FileError` when the disk refuses.
  func texts(_ indices: [Int]) throws -> Matrix<Float>
}

/// Embeddings in memory.
package struct PairEmbeddingsInMemory: PairEmbeddings {
  private let images: Matrix<Float>
  private let texts: Matrix<Float>

  package init(images: Matrix<Float>, texts: Matrix<Float>) {
    precondition(images.columns == texts.columns)
    self.images = images
    self.texts = texts
  }

  package var dimension: Int { images.columns }
  package var imageCount: Int { images.rows }
  package var textCount: Int { texts.rows }

  package func images(_ indices: [Int]) -> Matrix<Float> { images.selectingRows(indices) }
  package func texts(_ indices: [Int]) -> Matrix<Float> { texts.selectingRows(indices) }
}
