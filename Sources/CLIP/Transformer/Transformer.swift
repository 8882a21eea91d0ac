import CKernels
import Files

/// A pre-norm transformer over rows of tokens.
///
/// Source: Vaswani et al. 2017, arXiv:1706.03762, with LayerNorm before each branch.
///
/// A batch is several sequences one after the other: activations are [total tokens, width], and
/// only attention looks at the boundaries. Sequences may have different lengths.
struct Transformer {
  let configuration: TransformerConfiguration
  let blocks: [TransformerBlock]

  init(
    _ configuration: TransformerConfiguration, weights: any WeightSource, prefix: String
  ) throws {
    self.configuration = configuration
    blocks = try (0..<configuration.layers).map { index in
      try TransformerBlock(
        configuration, weights: weights, name: TensorLayout.block(index, prefix: prefix))
    }
  }

  /// Runs every block on `x`, in place.
  ///
  /// - Parameters:
  ///   - x: The residual stream, [sum of lengths, width].
  ///   - lengths: Tokens of each sequence.
  ///   - isCausal: Whether a token sees only those before it and itself.
  func forward(_ x: inout [Float], lengths: [Int], isCausal: Bool) {
    var workspace = TransformerWorkspace(configuration, lengths: lengths)
    for block in blocks {
      block.forward(&x, lengths: lengths, isCausal: isCausal, workspace: &workspace)
    }
  }
}

/// The buffers that a forward pass of one batch reuses from block to block.
struct TransformerWorkspace {
  var normalized: [Float]  // [tokens, width]; later the attention's context
  var queryKeyValue: [Float]  // [tokens, 3 width]
  var hidden: [Float]  // [tokens, mlp width]
  var attention: [Float]

  init(_ configuration: TransformerConfiguration, lengths: [Int]) {
    let tokens = lengths.reduce(0, +)
    normalized = [Float](repeating: 0, count: tokens * configuration.width)
    queryKeyValue = [Float](repeating: 0, count: tokens * 3 * configuration.width)
    hidden = [Float](repeating: 0, count: tokens * configuration.mlpWidth)
    let scratch = kernel_attention_scratch(
      lengths.max() ?? 0, configuration.width / configuration.heads)
    attention = [Float](repeating: 0, count: scratch)
  }
}

/// Attention and MLP, each added to the residual stream.
struct TransformerBlock {
  private let configuration: TransformerConfiguration
  private let attentionNorm: LayerNorm
  private let queryKeyValue: Linear
  private let attentionOutput: Linear
  private let mlpNorm: LayerNorm
  private let mlpInput: Linear
  private let mlpOutput: Linear

  init(
    _ configuration: TransformerConfiguration, weights: any WeightSource, name: String
  ) throws {
    let width = configuration.width
    let epsilon = configuration.layerNormEpsilon
    func projection(_ letter: String) throws -> Linear {
      try weights.linear("\(name)self_attn.\(letter)_proj", inputs: width, outputs: width)
    }
    self.configuration = configuration
    attentionNorm = try LayerNorm(weights, name + "layer_norm1", epsilon: epsilon)
    // The scores' division by √head width is folded into the queries.
    let scale = 1 / Float(width / configuration.heads).squareRoot()
    queryKeyValue = try Linear(
      joining: [projection("q").scaled(by: scale), projection("k"), projection("v")])
    attentionOutput = try weights.linear(
      name + "self_attn.out_proj", inputs: width, outputs: width)
    mlpNorm = try LayerNorm(weights, name + "layer_norm2", epsilon: epsilon)
    mlpInput = try weights.linear(
      name + "mlp.fc1", inputs: width, outputs: configuration.mlpWidth)
    mlpOutput = try weights.linear(
      name + "mlp.fc2", inputs: configuration.mlpWidth, outputs: width)
  }

  func forward(
    _ x: inout [Float], lengths: [Int], isCausal: Bool, workspace: inout TransformerWorkspace
  ) {
    let tokens = lengths.reduce(0, +)
    attentionNorm.apply(x, rows: tokens, into: &workspace.normalized)
    queryKeyValue.apply(workspace.normalized, rows: tokens, into: &workspace.queryKeyValue)
    attend(lengths: lengths, isCausal: isCausal, workspace: &workspace)
    attentionOutput.add(workspace.normalized, rows: tokens, into: &x)
    mlpNorm.apply(x, rows: tokens, into: &workspace.normalized)
    mlpInput.apply(workspace.normalized, rows: tokens, into: &workspace.hidden)
    activate(count: tokens * configuration.mlpWidth, &workspace.hidden)
    mlpOutput.add(workspace.hidden, rows: tokens, into: &x)
  }

  /// Reads `queryKeyValue`, writes the heads' joined context to `normalized`.
  private func attend(lengths: [Int], isCausal: Bool, workspace: inout TransformerWorkspace) {
    let width = configuration.width
    let heads = configuration.heads
    unsafe workspace.normalized.withUnsafeMutableBufferPointer { context in
      unsafe workspace.queryKeyValue.withUnsafeBufferPointer { queryKeyValue in
        guard let input = queryKeyValue.baseAddress, let output = context.baseAddress else {
          return
        }
        var start = 0
        for length in lengths {
          unsafe kernel_attention(
            length, heads, width / heads, isCausal ? 1 : 0, input + start * 3 * width,
            &workspace.attention, output + start * width)
          start += length
        }
      }
    }
  }

  private func activate(count: Int, _ values: inout [Float]) {
    precondition(values.count >= count)
    switch configuration.activation {
    case .quickGELU: unsafe kernel_quick_gelu(count, &values)
    case .gelu: unsafe kernel_gelu(count, &values)
    }
  }
}
