package import CLIP
package import Files
package import Images
package import Runs

/// The unit of work and of caching: the embeddings of one chunk of images under one condition.
package struct Cell: Sendable {
  package let chunk: ImageChunk
  package let condition: Condition
  /// SHA-256 over everything that decides the embeddings.
  package let key: Digest

  /// What changes an embedding's bits, in the encoder or the cell's layout, is counted here.
  package static let version = 2

  package init(
    chunk: ImageChunk, condition: Condition, model: CLIPModel, arithmetic: Arithmetic,
    noise: NoiseSpecification
  ) {
    self.chunk = chunk
    self.condition = condition
    var text = "topoclip cell \(Self.version)\n"
    text += "model \(model.digest)\n"
    text += "preprocessing \(model.preprocessing.canonicalDescription)\n"
    text += "precision \(arithmetic.precision) \(arithmetic.backend)\n"
    // The images as they are have no level, seed or space.
    text += "condition \(condition.name)"
    text += condition.kind.map { " \(noise.canonicalDescription(of: $0))" } ?? ""
    text += "\n"
    text += chunk.digests.map { "image \($0)\n" }.joined()
    key = Digest(of: text)
  }
}
