package import CLIP
import Embedding
package import Files
package import Foundation
import Images
import LinearAlgebra
import Runs

/// The towers of a model with what stands before them: image files and captions to unit embeddings.
///
/// Batches are cut by the numbers of what is given alone, so that no bit depends on the number of threads.
package struct PairTowers: Sendable {
  private let vision: VisionTower
  private let text: TextTower
  private let tokenizer: Tokenizer
  private let pixels: NoisyPixels

  /// The columns of an embedding.
  package let dimension: Int

  /// What is said of an image or a caption whose embedding is no direction.
  package static let noDirection = "the model gave an embedding that is zero or not finite"

  /// Reads the towers.
  ///
  /// - Throws: `FileError` for weights that are damaged or missing.
  package init(_ model: CLIPModel) throws {
    vision = try model.visionTower()
    text = try model.textTower()
    tokenizer = try model.tokenizer()
    pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    dimension = vision.projectionDimension
  }

  /// The ids that a text has in the context, of which this is the largest number.
  package var contextLength: Int { text.configuration.contextLength }

  // MARK: Images

  /// An image as the tower takes it, of a few bytes.
  package struct PreparedImage: Sendable {
    package let digest: Digest
    fileprivate let image: NoisyPixels.Prepared
  }

  /// Decodes an image and brings it to the model's size.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - digest: Their digest.
  ///   - file: Its path, for messages.
  /// - Returns: The image.
  /// - Throws: `FileError` for what is no image.
  package func prepare(_ data: Data, digest: Digest, file: String) throws -> PreparedImage {
    let image = try RGBImage(
      decoding: data, file: file, transparency: ImagePreprocessing.transparency)
    return PreparedImage(digest: digest, image: pixels.prepare(image, digest: digest))
  }

  /// The unit embedding of each image; nil where it is no direction.
  ///
  /// - Throws: `RunError.interrupted`.
  package func embed(_ images: [PreparedImage]) throws -> [[Float]?] {
    let features = try ImageEncoder(vision).features(count: images.count) { index, input in
      try Interruption.check()
      try pixels.append(images[index].image, kind: nil, level: 0, seed: 0, to: &input)
    }
    return Self.unitRows(features)
  }

  // MARK: Texts

  /// A text as the tower takes it.
  package struct PreparedText: Sendable {
    package let ids: [Int]
    /// The tokens that there would be if the context had no end, with start and end.
    package let tokens: Int
  }

  /// Tokenises a text; start and end stay when it is cut.
  package func prepare(_ text: String) -> PreparedText {
    let input = tokenizer.countedInput(text, contextLength: contextLength)
    return PreparedText(ids: input.ids, tokens: input.tokens)
  }

  /// Texts of a batch: several whose beginnings are shared.
  private static let textBatch = 48

  /// The unit embedding of each text; nil where it is no direction.
  ///
  /// - Throws: `RunError.interrupted`.
  package func embed(_ texts: [PreparedText]) throws -> [[Float]?] {
    let batches = (texts.count + Self.textBatch - 1) / Self.textBatch
    return try BLAS.withThreads(1) {
      try Parallel.tryMap(count: batches) { batch in
        try Interruption.check()
        let first = batch * Self.textBatch
        let part = texts[first..<min(texts.count, first + Self.textBatch)]
        return Self.unitRows(text.features(part.map(\.ids)))
      }
    }.flatMap(\.self)
  }

  /// Each row divided by its length; nil for one that is zero or not finite.
  private static func unitRows(_ features: Matrix<Float>) -> [[Float]?] {
    (0..<features.rows).map { row in
      Matrix(rows: 1, columns: features.columns, values: Array(features.row(row)))
        .withUnitRows()?.values
    }
  }
}
