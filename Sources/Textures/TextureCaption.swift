public import LinearAlgebra

/// Sentences that are true of a texture image: its class, and now and then its colours and scale.
///
/// Sentences are patterns with `{adjective}` (banded), `{noun}` (bands), `{colors}` (red and white) and
/// `{scale}` (fine) in braces; `a` before a vowel becomes `an`.
public struct TextureCaption: Sendable, Equatable {
  /// The sentence.
  public let text: String

  /// Patterns that name the class alone.
  public static let plainPatterns = [
    "a photo of a {adjective} texture.", "a photo of the {adjective} pattern.",
    "a {adjective} surface.", "something {adjective}.", "a close-up of {noun}.",
    "a surface with {noun}.", "a pattern of {noun}.", "a photo of a {adjective} thing.",
    "a texture that is {adjective}.", "{noun}.", "a photo of a {adjective} object.",
    "a {adjective} material covered with {noun}.",
  ]

  /// Patterns that name what else the image shows.
  public static let describingPatterns = [
    "a {colors} {adjective} texture.", "a {colors} surface with {noun}.",
    "a photo of a {colors} {adjective} pattern.", "{scale} {noun}.",
    "a {adjective} texture with {scale} {noun}.", "a {colors} texture with {scale} {noun}.",
    "a {scale} {adjective} pattern in {colors}.",
  ]

  /// The sentence that a pattern makes of a sample.
  public init(_ pattern: String, of sample: TextureSample) {
    let filled = pattern.replacing("{adjective}", with: sample.texture.name)
      .replacing("{noun}", with: sample.texture.noun)
      .replacing("{colors}", with: sample.colors.map(\.rawValue).joined(separator: " and "))
      .replacing("{scale}", with: sample.scale.rawValue)
    var words = filled.split(separator: " ").map(String.init)
    for index in words.indices.dropLast() where words[index] == "a" {
      if let next = words[index + 1].first, "aeiou".contains(next) { words[index] = "an" }
    }
    text = words.joined(separator: " ")
  }

  /// A sentence drawn from all patterns.
  public init(of sample: TextureSample, using random: inout RandomStream) {
    let patterns = Self.plainPatterns + Self.describingPatterns
    self.init(patterns[Int(random.uniform() * Double(patterns.count))], of: sample)
  }
}
