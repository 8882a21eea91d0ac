import CKernels
import Files

/// Attention and MLP, each added to the residual stream.
struct TransformerBlock: Sendable {
  private let configuration: TransformerConfiguration
  private let arithmetic: Arithmetic
  private let attentionNorm: LayerNorm
  private let query: Linear
  private let keyValue: Linear
  private let attentionOutput: Linear
  private let mlpNorm: LayerNorm
  private let mlpInput: Linear
  private let mlpOutput: Linear

  init(
    _ configuration: TransformerConfiguration, weights: any WeightSource, name: String,
    arithmetic: Arithmetic
  ) throws {
    let width = configuration.width
    let epsilon = configuration.layerNormEpsilon
    func matrix(_ part: String, inputs: Int, outputs: Int) throws -> WeightMatrix {
      try weights.matrix(name + part, inputs: inputs, outputs: outputs)
    }
    func projection(_ letter: String) throws -> WeightMatrix {
      try matrix("self_attn.\(letter)_proj", inputs: width, outputs: width)
    }
    self.configuration = configuration
    self.arithmetic = arithmetic
    attentionNorm = try LayerNorm(weights, name + "layer_norm1", epsilon: epsilon)
    // The scores' division by √head width is folded into the queries.
    let scale = 1 / Float(width / configuration.heads).squareRoot()
    query = try Linear(projection("q").scaled(by: scale), arithmetic)
    keyValue = try Linear(WeightMatrix(joining: [projection("k"), projection("v")]), arithmetic)
    attentionOutput = try Linear(projection("out"), arithmetic)
    mlpNorm = try LayerNorm(weights, name + "layer_norm2", epsilon: epsilon)
    mlpInput = try Linear(
      matrix("mlp.fc1", inputs: width, outputs: configuration.mlpWidth), arithmetic)
    mlpOutput = try Linear(
      matrix("mlp.fc2", inputs: configuration.mlpWidth, outputs: width), arithmetic)
  }

  /// Runs the block on the residual stream of the workspace, in place.
  ///
  /// `read` is a position in each sequence, to compute these tokens alone; the stream's first rows
  /// then hold theirs. Nil for all tokens.
  func forward(
    _ sequences: TokenSequences, reading read: [Int]? = nil, _ workspace: TransformerWorkspace
  ) {
    let x = workspace.residual
    let normalized = workspace.normalized
    let scratch = workspace.products
    attentionNorm.apply(x, rows: sequences.total, into: normalized)
    keyValue.apply(
      normalized, rows: sequences.total, into: workspace.keyValue, scratch: scratch)
    var rows = sequences.total
    if let read {
      rows = read.count
      for buffer in [x, normalized] { gather(read, of: sequences, in: buffer, workspace) }
    }
    query.apply(normalized, rows: rows, into: workspace.query, scratch: scratch)
    attend(sequences, reading: read, workspace)
    attentionOutput.apply(normalized, rows: rows, into: x, adding: true, scratch: scratch)
    mlpNorm.apply(x, rows: rows, into: normalized)
    mlpInput.apply(
      normalized, rows: rows, into: workspace.hidden, activation: configuration.activation,
      scratch: scratch)
    mlpOutput.apply(workspace.hidden, rows: rows, into: x, adding: true, scratch: scratch)
  }

  /// Moves the rows of a position of each sequence to the front of a buffer.
  private func gather(
    _ read: [Int], of sequences: TokenSequences, in buffer: AlignedBuffer<Float>,
    _ workspace: TransformerWorkspace
  ) {
    precondition(read.count == sequences.paths.count)
    let width = configuration.width
    for (index, path) in sequences.paths.enumerated() {
      workspace.query.copy(
        width, of: buffer, from: path.rows[read[index]] * width, to: index * width)
    }
    buffer.copy(read.count * width, of: workspace.query, from: 0, to: 0)
  }

  /// Reads `query` and `keyValue`, writes the heads' joined context to `normalized`.
  private func attend(
    _ sequences: TokenSequences, reading read: [Int]?, _ workspace: TransformerWorkspace
  ) {
    let width = configuration.width
    for (index, path) in sequences.paths.enumerated() {
      let length = path.rows.count
      let first = read?[index] ?? path.shared
      let queries = read == nil ? length - path.shared : 1
      if queries == 0 { continue }
      var keys = unsafe workspace.keyValue.start + path.rows[0] * 2 * width
      if path.shared > 0 {
        for (position, row) in path.rows.enumerated() {
          workspace.gathered.copy(
            2 * width, of: workspace.keyValue, from: row * 2 * width, to: position * 2 * width)
        }
        unsafe keys = workspace.gathered.start
      }
      let row = read == nil ? path.rows[first] : index
      let shape = kernel_attention_shape(
        tokens: length, first_query: first, queries: queries,
        heads: configuration.heads, head_width: width / configuration.heads,
        causal: sequences.isCausal ? 1 : 0)
      let kernel =
        unsafe arithmetic.precision == .bfloat16 ? kernel_attention_bfloat16 : kernel_attention
      unsafe kernel(
        shape, workspace.query.start + row * width, keys, workspace.attention.start,
        workspace.normalized.start + row * width)
    }
  }
}
