package import CLIP
package import Files
package import Images
package import Runs

/// All that decides an embedding but its image: the first lines of a cell's key.
package struct CellRecipe: Sendable, Hashable {
  package let condition: Condition
  /// The kernels that compute the embeddings.
  package let kernels: String
  /// Its lines; those of the images follow them in a key.
  let text: String

  /// What changes an embedding's bits, in the encoder or the cell's layout, is counted here.
  static let version = 3

  /// The first line of a cell's key in words.
  static var firstLine: String { "topoclip cell \(version)" }

  /// The version whose cells have neither a checksum nor the kernels in their keys.
  private static let earlierVersion = 2

  private static let kernelsWord = "kernels "

  /// The recipe for embeddings of a model under a condition.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - model: The model's digest.
  ///   - preprocessing: What is done to the images before the noise.
  ///   - arithmetic: Precision and backend.
  ///   - noise: How noise is made.
  ///   - kernels: The kernels of this process and machine; `arithmetic.kernels` but in tests.
  package init(
    _ condition: Condition, model: Digest, preprocessing: String, arithmetic: Arithmetic,
    noise: NoiseSpecification, kernels: String
  ) {
    self.condition = condition
    self.kernels = kernels
    var text = "\(Self.firstLine)\n"
    text += "model \(model)\n"
    text += "preprocessing \(preprocessing)\n"
    text += "precision \(arithmetic.precision) \(arithmetic.backend)\n"
    text += "\(Self.kernelsWord)\(kernels)\n"
    // The images as they are have no level, seed or space.
    text += "condition \(condition.name)"
    text += condition.kind.map { " \(noise.canonicalDescription(of: $0))" } ?? ""
    text += "\n"
    self.text = text
  }

  /// The key of a cell of an earlier version: the same embeddings, by whatever kernels.
  func earlierKey(_ chunk: ImageChunk) -> Digest {
    let lines = Self.withoutKernels(text).rest.split(separator: "\n").dropFirst()
    return Digest(
      of: "topoclip cell \(Self.earlierVersion)\n" + lines.map { "\($0)\n" }.joined()
        + chunk.imageLines)
  }

  /// The lines of a recipe without the kernels, and these.
  static func withoutKernels(_ text: String) -> (rest: String, kernels: String) {
    let lines = text.split(separator: "\n")
    let kernels = lines.first { $0.hasPrefix(kernelsWord) }
    return (
      lines.filter { $0 != kernels }.map { "\($0)\n" }.joined(),
      kernels.map { String($0.dropFirst(kernelsWord.count)) } ?? ""
    )
  }
}
