package import CLIP
internal import LinearAlgebra
internal import Synchronization

/// A model's text tower for the texts that users look for, one at a time.
///
/// From several threads at once; the texts asked for last are not computed again.
package final class QueryEncoder: Sendable {
  /// How many texts are kept.
  private static let capacity = 256

  private let tower: TextTower
  private let tokenizer: Tokenizer
  private let recent = Mutex(Recent())

  /// The texts asked for last.
  private struct Recent {
    var embeddings: [String: (embedding: [Float], use: Int)] = [:]
    var uses = 0

    mutating func find(_ text: String) -> [Float]? {
      uses += 1
      embeddings[text]?.use = uses
      return embeddings[text]?.embedding
    }

    mutating func insert(_ text: String, _ embedding: [Float]) {
      if embeddings.count >= QueryEncoder.capacity,
        let oldest = embeddings.min(by: { $0.value.use < $1.value.use })?.key
      {
        embeddings[oldest] = nil
      }
      embeddings[text] = (embedding, uses)
    }
  }

  /// Reads the tower and the tokenizer.
  ///
  /// - Throws: `FileError` for weights that are damaged, and for a model without a text tower.
  package init(_ model: CLIPModel) throws {
    tower = try model.textTower()
    tokenizer = try model.tokenizer()
  }

  /// The dimension of the embeddings.
  package var dimension: Int { tower.projectionDimension }

  /// The embedding of a text, a unit vector; what does not fit into the tower's context is cut off.
  ///
  /// - Throws: `FileError` when it is zero or not finite.
  /// - Complexity: Once through the tower for the tokens of the text, on the calling thread; O(1) for one of the last
  ///   texts.
  package func embed(_ text: String) throws -> [Float] {
    if let known = recent.withLock({ $0.find(text) }) { return known }
    let input = tokenizer.modelInput(text, contextLength: tower.configuration.contextLength)
    let embedding = try tower.embed([input.ids]).values
    recent.withLock { $0.insert(text, embedding) }
    return embedding
  }
}
