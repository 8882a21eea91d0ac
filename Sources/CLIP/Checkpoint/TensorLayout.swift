/// The names and shapes of a CLIP's tensors, in the Hugging Face layout.
///
/// One list serves the check of a checkpoint, the drawing of random weights, and the towers.
enum TensorLayout {
  /// The prefix of the image tower's tensors.
  static let visionPrefix = "vision_model."
  /// The prefix of the text tower's tensors.
  static let textPrefix = "text_model."

  /// Every tensor of a checkpoint with its shape: those of the towers that there are, and the logit scale.
  static func all(_ configuration: CLIPConfiguration) -> [String: [Int]] {
    let dimension = configuration.projectionDimension
    var shapes: [String: [Int]] = ["logit_scale": []]
    if let vision = configuration.vision {
      shapes.merge(Self.vision(vision, projectionDimension: dimension)) { $1 }
    }
    if let text = configuration.text {
      shapes.merge(Self.text(text, projectionDimension: dimension)) { $1 }
    }
    return shapes
  }

  /// Every tensor of the image tower with its shape.
  static func vision(_ vision: VisionConfiguration, projectionDimension: Int) -> [String: [Int]] {
    let width = vision.transformer.width
    var shapes = transformer(vision.transformer, prefix: visionPrefix)
    shapes[visionPrefix + "embeddings.class_embedding"] = [width]
    shapes[visionPrefix + "embeddings.patch_embedding.weight"] =
      [width, 3, vision.patchSize, vision.patchSize]
    shapes[visionPrefix + "embeddings.position_embedding.weight"] = [vision.tokenCount, width]
    // The reference implementation's own spelling.
    norm(visionPrefix + "pre_layrnorm", width, into: &shapes)
    norm(visionPrefix + "post_layernorm", width, into: &shapes)
    shapes["visual_projection.weight"] = [projectionDimension, width]
    return shapes
  }

  /// Every tensor of the text tower with its shape.
  static func text(_ text: TextConfiguration, projectionDimension: Int) -> [String: [Int]] {
    let width = text.transformer.width
    var shapes = transformer(text.transformer, prefix: textPrefix)
    shapes[textPrefix + "embeddings.token_embedding.weight"] = [text.vocabularySize, width]
    shapes[textPrefix + "embeddings.position_embedding.weight"] = [text.contextLength, width]
    norm(textPrefix + "final_layer_norm", width, into: &shapes)
    shapes["text_projection.weight"] = [projectionDimension, width]
    return shapes
  }

  /// The name of block `index` of the tower with `prefix`, with its final dot.
  static func block(_ index: Int, prefix: String) -> String { "\(prefix)encoder.layers.\(index)." }

  private static func transformer(
    _ configuration: TransformerConfiguration, prefix: String
  ) -> [String: [Int]] {
    let width = configuration.width
    let mlpWidth = configuration.mlpWidth
    var shapes: [String: [Int]] = [:]
    for index in 0..<configuration.layers {
      let block = block(index, prefix: prefix)
      for name in ["q_proj", "k_proj", "v_proj", "out_proj"] {
        linear(block + "self_attn." + name, width, width, into: &shapes)
      }
      linear(block + "mlp.fc1", mlpWidth, width, into: &shapes)
      linear(block + "mlp.fc2", width, mlpWidth, into: &shapes)
      norm(block + "layer_norm1", width, into: &shapes)
      norm(block + "layer_norm2", width, into: &shapes)
    }
    return shapes
  }

  private static func linear(
    _ name: String, _ outputs: Int, _ inputs: Int, into shapes: inout [String: [Int]]
  ) {
    shapes[name + ".weight"] = [outputs, inputs]
    shapes[name + ".bias"] = [outputs]
  }

  private static func norm(_ name: String, _ width: Int, into shapes: inout [String: [Int]]) {
    shapes[name + ".weight"] = [width]
    shapes[name + ".bias"] = [width]
  }
}
