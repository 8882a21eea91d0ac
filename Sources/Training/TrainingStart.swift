package import CLIP
import Runs

/// What a training starts from.
package enum TrainingStart: Sendable, Equatable {
  /// A model that `--model` would take.
  case model(String)
  /// A new model of that shape, with random weights and a vocabulary that is learnt from the captions.
  case new(Shape)

  /// The shape of a new model.
  package struct Shape: Sendable, Equatable {
    /// The image tower.
    package var vision: VisionConfiguration
    /// The text tower; its vocabulary and the end of text are known once the vocabulary is learnt.
    package var text: TransformerConfiguration
    /// The longest input of the text tower, in tokens, with start and end.
    package var contextLength: Int
    /// The most tokens of the vocabulary.
    package var vocabularySize: Int
    /// The dimension of the embeddings.
    package var dimension: Int

    /// The whole model's shape with a vocabulary of so many tokens, the end of text the last.
    func configuration(vocabularySize: Int) -> CLIPConfiguration {
      CLIPConfiguration(
        vision: vision,
        text: TextConfiguration(
          transformer: text, vocabularySize: vocabularySize, contextLength: contextLength,
          endOfTextID: vocabularySize - 1),
        projectionDimension: dimension)
    }
  }

  /// Reads the keys `model` and `shape`, of which one is there.
  init(_ root: ConfigurationSection) throws {
    let model = try root.optional("model", expected: "a folder, or another model's name") { $0 }
    let hasShape = root.has("shape")
    let section = try root.section("shape")
    guard (model != nil) != hasShape else {
      throw RunError.setting(
        place: "model",
        problem: model == nil
          ? "name the model to train (a folder in Hugging Face layout, or builtin), or give a shape "
            + "for a new one" : "a model and a shape are given; leave one of the two out")
    }
    if let model {
      guard !model.hasPrefix("random:") else {
        throw root.error(
          "model", "random weights have no vocabulary that a trained model could keep; give a shape"
        )
      }
      self = .model(model)
      return
    }
    func count(_ key: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Int {
      try section.count(key, in: range, default: fallback)
    }
    let activation = try section.choice("activation", default: Activation.quickGELU)
    func transformer(
      _ name: String, width: Int, layers: Int, heads: Int
    ) throws -> TransformerConfiguration {
      let width = try count("\(name)-width", in: 8...4096, default: width)
      let heads = try count("\(name)-heads", in: 1...64, default: heads)
      guard width.isMultiple(of: heads) else {
        throw section.error(
          "\(name)-heads", "\(heads) heads do not divide the width \(width) evenly")
      }
      return TransformerConfiguration(
        width: width, mlpWidth: 4 * width,
        layers: try count("\(name)-layers", in: 1...64, default: layers), heads: heads,
        activation: activation)
    }
    let imageSize = try count("image-size", in: 8...1024, default: 64)
    let patchSize = try count("patch-size", in: 1...imageSize, default: 8)
    self = .new(
      Shape(
        vision: VisionConfiguration(
          transformer: try transformer("image", width: 192, layers: 6, heads: 3),
          imageSize: imageSize, patchSize: patchSize),
        text: try transformer("text", width: 128, layers: 3, heads: 2),
        contextLength: try count("context-length", in: 3...1024, default: 32),
        // 512 bytes with and without the end of a word, start and end.
        vocabularySize: try count("vocabulary-size", in: 514...65_536, default: 1024),
        dimension: try count("dimension", in: 2...4096, default: 128)))
    try section.finish()
  }

  var canonicalSettings: [(String, String)] {
    switch self {
    case .model(let name): return [("model", name)]
    case .new(let shape):
      let (image, text) = (shape.vision.transformer, shape.text)
      return [
        ("shape.image-size", "\(shape.vision.imageSize)"),
        ("shape.patch-size", "\(shape.vision.patchSize)"), ("shape.image-width", "\(image.width)"),
        ("shape.image-layers", "\(image.layers)"), ("shape.image-heads", "\(image.heads)"),
        ("shape.text-width", "\(text.width)"), ("shape.text-layers", "\(text.layers)"),
        ("shape.text-heads", "\(text.heads)"), ("shape.context-length", "\(shape.contextLength)"),
        ("shape.vocabulary-size", "\(shape.vocabularySize)"),
        ("shape.dimension", "\(shape.dimension)"),
        ("shape.activation", image.activation.rawValue),
      ]
    }
  }
}
