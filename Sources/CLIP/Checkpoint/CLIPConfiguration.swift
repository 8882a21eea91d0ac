import Files
public import Foundation

/// The activation between the two layers of a transformer's MLP.
public enum Activation: String, Sendable, CaseIterable {
  /// x · sigmoid(1.702 x): OpenAI's CLIPs.
  case quickGELU = "quick_gelu"
  /// x · Φ(x), exact: LAION's and DataComp's.
  case gelu = "gelu"
}

/// The shape of one transformer.
public struct TransformerConfiguration: Sendable, Equatable {
  /// The width of the residual stream.
  public var width: Int
  /// The width inside the MLP.
  public var mlpWidth: Int
  /// The number of blocks.
  public var layers: Int
  /// The number of attention heads; they divide the width.
  public var heads: Int
  /// The MLP's activation.
  public var activation: Activation
  /// LayerNorm's ε.
  public var layerNormEpsilon: Float

  /// A shape from its parts; the heads divide the width.
  public init(
    width: Int, mlpWidth: Int, layers: Int, heads: Int, activation: Activation,
    layerNormEpsilon: Float = 1e-5
  ) {
    precondition(heads > 0 && layers > 0 && width.isMultiple(of: heads))
    self.width = width
    self.mlpWidth = mlpWidth
    self.layers = layers
    self.heads = heads
    self.activation = activation
    self.layerNormEpsilon = layerNormEpsilon
  }
}

/// The image tower's shape.
public struct VisionConfiguration: Sendable, Equatable {
  /// The transformer over the class token and the patches.
  public var transformer: TransformerConfiguration
  /// The side of the square input, in pixels.
  public var imageSize: Int
  /// The side of a patch, in pixels; patches that do not fit are left out.
  public var patchSize: Int

  /// A shape from its parts.
  public init(transformer: TransformerConfiguration, imageSize: Int, patchSize: Int) {
    precondition(patchSize > 0 && patchSize <= imageSize)
    self.transformer = transformer
    self.imageSize = imageSize
    self.patchSize = patchSize
  }

  /// Patches along one side.
  public var gridSize: Int { imageSize / patchSize }
  /// The class token and all patches.
  public var tokenCount: Int { gridSize * gridSize + 1 }
}

/// The text tower's shape.
public struct TextConfiguration: Sendable, Equatable {
  /// The transformer over the tokens.
  public var transformer: TransformerConfiguration
  /// The number of token embeddings.
  public var vocabularySize: Int
  /// The longest input, in tokens, with start and end.
  public var contextLength: Int
  /// The id of the end-of-text token, whose state is the text's.
  public var endOfTextID: Int

  /// A shape from its parts.
  public init(
    transformer: TransformerConfiguration, vocabularySize: Int, contextLength: Int, endOfTextID: Int
  ) {
    precondition(vocabularySize > 0 && contextLength > 0)
    self.transformer = transformer
    self.vocabularySize = vocabularySize
    self.contextLength = contextLength
    self.endOfTextID = endOfTextID
  }

  /// Whether the end of the text is the *largest* id of the input.
  ///
  /// OpenAI's published configurations give 2 for the end-of-text id, which is wrong; the reference
  /// implementation takes that value to mean the largest id, which was right for their vocabulary.
  public var endIsLargestID: Bool { endOfTextID == 2 }
}

/// A CLIP's shape as its `config.json` gives it.
public struct CLIPConfiguration: Sendable, Equatable {
  /// The image tower; nil for a checkpoint of the text tower alone.
  public var vision: VisionConfiguration?
  /// The text tower; nil for a checkpoint of the image tower alone.
  public var text: TextConfiguration?
  /// The dimension of the space that both towers project into.
  public var projectionDimension: Int

  /// Reads a Hugging Face `config.json`.
  ///
  /// Understood: `text_config` and `vision_config` in full or with the keys left out that have the
  /// reference implementation's default value; the older `text_config_dict` and
  /// `vision_config_dict`, which override them; and the flat form of a single tower (`model_type`
  /// `clip_vision_model` or `clip_text_model`).
  ///
  /// - Throws: `FileError` naming the key, what it holds, and what was expected.
  public init(decoding data: Data, file: String) throws {
    let words = "a JSON object, a Hugging Face CLIP configuration"
    guard let root = try JSONValue(data, file: file, expecting: words).members else {
      throw FileError(file, "is not \(words)")
    }
    let type = root["model_type"]?.text ?? "clip"
    func section(_ name: String) throws -> JSONSection {
      var fields: [String: JSONValue] = [:]
      for key in ["\(name)_config", "\(name)_config_dict"] {
        guard let value = root[key], value != .null else { continue }
        guard let object = value.members else {
          throw FileError(file, "\(key) is not an object")
        }
        fields.merge(object) { $1 }
      }
      return JSONSection(fields: fields, path: "\(name)_config.", file: file)
    }
    let top = JSONSection(fields: root, path: "", file: file)
    projectionDimension = try top.integer("projection_dim", default: 512, in: 1...65_536)
    switch type {
    case "clip":
      vision = try Self.vision(section("vision"))
      text = try Self.text(section("text"))
    case "clip_vision_model": vision = try Self.vision(top)
    case "clip_text_model": text = try Self.text(top)
    default:
      throw FileError(
        file, "model_type is \"\(type)\"; expected clip, clip_vision_model or clip_text_model")
    }
  }

  /// A configuration from its parts.
  public init(vision: VisionConfiguration?, text: TextConfiguration?, projectionDimension: Int) {
    self.vision = vision
    self.text = text
    self.projectionDimension = projectionDimension
  }

  /// The longest sequences; those in use have below a thousand tokens.
  private static let mostTokens = 65_537
  /// The most parameters of a transformer's blocks; the largest published CLIP has 18 thousand million.
  private static let mostParameters = 1e11

  private static func vision(_ fields: JSONSection) throws -> VisionConfiguration {
    let channels = try fields.integer("num_channels", default: 3, in: 1...4)
    guard channels == 3 else {
      throw fields.error("num_channels", "is \(channels); expected 3, images are RGB")
    }
    let transformer = try transformer(fields, width: 768, mlpWidth: 3072, heads: 12)
    let imageSize = try fields.integer("image_size", default: 224, in: 1...4096)
    let patchSize = try fields.integer("patch_size", default: 32, in: 1...4096)
    guard patchSize <= imageSize else {
      throw fields.error("patch_size", "is \(patchSize), larger than image_size \(imageSize)")
    }
    let configuration = VisionConfiguration(
      transformer: transformer, imageSize: imageSize, patchSize: patchSize)
    guard configuration.tokenCount <= mostTokens else {
      throw fields.error(
        "patch_size",
        "is \(patchSize), which cuts an image of \(imageSize) pixels into \(configuration.tokenCount - 1) "
          + "patches; expected at most \(mostTokens - 1)")
    }
    return configuration
  }

  private static func text(_ fields: JSONSection) throws -> TextConfiguration {
    let configuration = try TextConfiguration(
      transformer: transformer(fields, width: 512, mlpWidth: 2048, heads: 8),
      vocabularySize: fields.integer("vocab_size", default: 49_408, in: 1...10_000_000),
      contextLength: fields.integer("max_position_embeddings", default: 77, in: 2...65_536),
      // The reference implementation's default, were the key absent.
      endOfTextID: fields.integer("eos_token_id", default: 49_407, in: 0...10_000_000))
    guard configuration.endIsLargestID || configuration.endOfTextID < configuration.vocabularySize
    else {
      throw fields.error(
        "eos_token_id",
        "is \(configuration.endOfTextID); vocab_size is \(configuration.vocabularySize)")
    }
    return configuration
  }

  private static func transformer(
    _ fields: JSONSection, width: Int, mlpWidth: Int, heads: Int
  ) throws -> TransformerConfiguration {
    let name = try fields.string("hidden_act", default: Activation.quickGELU.rawValue)
    guard let activation = Activation(rawValue: name) else {
      let known = Activation.allCases.map(\.rawValue).joined(separator: " or ")
      throw fields.error("hidden_act", "is \"\(name)\"; expected \(known)")
    }
    let width = try fields.integer("hidden_size", default: width, in: 1...65_536)
    let heads = try fields.integer("num_attention_heads", default: heads, in: 1...1_024)
    guard width.isMultiple(of: heads) else {
      throw fields.error(
        "num_attention_heads", "is \(heads), which does not divide hidden_size \(width)")
    }
    let mlpWidth = try fields.integer("intermediate_size", default: mlpWidth, in: 1...262_144)
    let layers = try fields.integer("num_hidden_layers", default: 12, in: 1...1_024)
    let parameters = Double(layers) * Double(width) * Double(4 * width + 2 * mlpWidth)
    guard parameters <= mostParameters else {
      throw fields.error(
        "num_hidden_layers",
        "is \(layers), which with hidden_size \(width) and intermediate_size \(mlpWidth) makes "
          + "\(parameters.shortestText) parameters; expected at most \(mostParameters.shortestText)"
      )
    }
    return try TransformerConfiguration(
      width: width, mlpWidth: mlpWidth, layers: layers, heads: heads, activation: activation,
      layerNormEpsilon: Float(fields.number("layer_norm_eps", default: 1e-5, in: 1e-12...1)))
  }
}

/// Typed access to one object of a JSON file, with errors that name the key.
private struct JSONSection {
  let fields: [String: JSONValue]
  let path: String
  let file: String

  func error(_ key: String, _ problem: String) -> FileError {
    FileError(file, "\(path)\(key) \(problem)")
  }

  func number(_ key: String, default fallback: Double, in range: ClosedRange<Double>) throws
    -> Double
  {
    guard let value = fields[key], value != .null else { return fallback }
    guard let number = value.double, range.contains(number) else {
      throw error(
        key, "is \(value); expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func integer(_ key: String, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
    guard let value = fields[key], value != .null else { return fallback }
    guard let number = value.integer, range.contains(number) else {
      throw error(
        key, "is \(value); expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func string(_ key: String, default fallback: String) throws -> String {
    guard let value = fields[key], value != .null else { return fallback }
    guard let string = value.text else { throw error(key, "is \(value); expected a string") }
    return string
  }
}
