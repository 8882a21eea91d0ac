/// One tensor of the parameters that are trained.
public struct ParameterTensor: Sendable, Equatable {
  /// Its name in the Hugging Face layout.
  public let name: String
  /// The extents, outermost first; empty for a scalar.
  public let shape: [Int]
  /// Where its numbers lie among those of all tensors, row-major.
  public let range: Range<Int>

  /// Whether weight decay applies: to matrices of projections and MLPs, and to no gain, bias or
  /// embedding of tokens, positions, classes or patches.
  public var decays: Bool { shape.count == 2 && !name.contains("embeddings.") }
}

/// The order of the tensors that are trained.
///
/// A tower's tensors stand in the order in which a forward pass reads them, with the weights of
/// queries, keys and values one after the other and then their biases, so that keys and values are
/// one product.
struct ParameterLayout: Sendable, Equatable {
  let tensors: [ParameterTensor]
  let count: Int

  /// The logit scale and the tensors of the towers given.
  init(_ configuration: CLIPConfiguration, trained: Set<Tower>) {
    var shapes: [String: [Int]] = ["logit_scale": []]
    var names = ["logit_scale"]
    if let vision = configuration.vision, trained.contains(.vision) {
      shapes.merge(
        TensorLayout.vision(vision, projectionDimension: configuration.projectionDimension)
      ) { $1 }
      let prefix = TensorLayout.visionPrefix
      names += ["class_embedding", "patch_embedding.weight", "position_embedding.weight"]
        .map { prefix + "embeddings." + $0 }
      names += Self.pair(prefix + "pre_layrnorm")
      names += Self.blocks(vision.transformer, prefix: prefix)
      names += Self.pair(prefix + "post_layernorm") + ["visual_projection.weight"]
    }
    if let text = configuration.text, trained.contains(.text) {
      shapes.merge(
        TensorLayout.text(text, projectionDimension: configuration.projectionDimension)
      ) { $1 }
      let prefix = TensorLayout.textPrefix
      names += ["token_embedding.weight", "position_embedding.weight"]
        .map { prefix + "embeddings." + $0 }
      names += Self.blocks(text.transformer, prefix: prefix)
      names += Self.pair(prefix + "final_layer_norm") + ["text_projection.weight"]
    }
    precondition(names.count == shapes.count)
    var tensors: [ParameterTensor] = []
    var end = 0
    for name in names {
      guard let shape = shapes[name] else { preconditionFailure("\(name) is in no layout") }
      let start = end
      end += shape.reduce(1, *)
      tensors.append(ParameterTensor(name: name, shape: shape, range: start..<end))
    }
    self.tensors = tensors
    count = end
  }

  private static func pair(_ name: String) -> [String] { [name + ".weight", name + ".bias"] }

  private static func blocks(_ transformer: TransformerConfiguration, prefix: String) -> [String] {
    (0..<transformer.layers).flatMap { index -> [String] in
      let block = TensorLayout.block(index, prefix: prefix)
      var names = pair(block + "layer_norm1")
      for kind in ["weight", "bias"] {
        for letter in ["q", "k", "v"] { names.append("\(block)self_attn.\(letter)_proj.\(kind)") }
      }
      for name in ["self_attn.out_proj", "layer_norm2", "mlp.fc1", "mlp.fc2"] {
        names += pair(block + name)
      }
      return names
    }
  }
}
