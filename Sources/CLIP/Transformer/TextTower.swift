import Files
public import LinearAlgebra

/// CLIP's text tower: a causal transformer and the projection of its end-of-text token.
public struct TextTower: Sendable {
  /// The tower's shape.
  public let configuration: TextConfiguration
  /// The dimension of an embedding.
  public let projectionDimension: Int
  /// Asked between layers: whether to stop.
  ///
  /// What is computed then is of no use, which whoever asks for an end has to see to.
  public var control = ComputationControl() {
    didSet { transformer.isCancelled = control.isCancelled }
  }
  private let tokenEmbedding: [Float]
  private let positions: [Float]
  private(set) var transformer: Transformer
  private let finalNorm: LayerNorm
  private let projection: Linear

  init(
    _ configuration: TextConfiguration, projectionDimension: Int, weights: any WeightSource,
    arithmetic: Arithmetic = Arithmetic()
  ) throws {
    try arithmetic.backend.require(arithmetic.precision)
    try weights.require(TensorLayout.text(configuration, projectionDimension: projectionDimension))
    let prefix = TensorLayout.textPrefix
    let width = configuration.transformer.width
    self.configuration = configuration
    self.projectionDimension = projectionDimension
    tokenEmbedding = try weights.floats(prefix + "embeddings.token_embedding.weight")
    positions = try weights.floats(prefix + "embeddings.position_embedding.weight")
    transformer = try Transformer(
      configuration.transformer, weights: weights, prefix: prefix, arithmetic: arithmetic)
    finalNorm = try LayerNorm(
      weights, prefix + "final_layer_norm", epsilon: configuration.transformer.layerNormEpsilon)
    projection = try Linear(
      weights.matrix(
        "text_projection", inputs: width, outputs: projectionDimension, hasBias: false),
      arithmetic.projection)
  }

  /// The projected features of a batch of token sequences, not normalised.
  ///
  /// Attention is causal, so nothing that is read depends on what follows: each sequence is cut after
  /// its end-of-text token, and what several begin with is computed once. Time grows with the tokens
  /// that are left. Runs on the calling thread alone.
  ///
  /// - Parameter inputs: Token ids with start and end, each of 1 to `contextLength` ids below
  ///   `vocabularySize`; padding after the end does no harm.
  /// - Returns: [inputs, projection dimension].
  public func features(_ inputs: [[Int]]) -> Matrix<Float> {
    let cut = inputs.map { Array($0[...configuration.endPosition($0)]) }
    let sequences = TokenSequences(causal: cut)
    return transformer.withWorkspace(sequences) { workspace in
      embed(sequences, workspace)
      transformer.forward(sequences, reading: cut.map { $0.count - 1 }, workspace)
      finalNorm.apply(workspace.residual, rows: inputs.count, into: workspace.normalized)
      let features = AlignedBuffer<Float>(count: inputs.count * projectionDimension)
      projection.apply(
        workspace.normalized, rows: inputs.count, into: features, scratch: workspace.products)
      return Matrix(
        rows: inputs.count, columns: projectionDimension, values: features.prefix(features.count))
    }
  }

  /// Puts the transformer's input into the residual stream: token embeddings with their positions.
  func embed(_ sequences: TokenSequences, _ workspace: TransformerWorkspace) {
    let width = configuration.transformer.width
    let x = workspace.residual  // [rows, width]
    for (row, token) in sequences.tokens.enumerated() {
      precondition(token.id >= 0 && token.id < configuration.vocabularySize)
      x.replace(tokenEmbedding[token.id * width..<(token.id + 1) * width], at: row * width)
      x.add(positions[token.position * width..<(token.position + 1) * width], at: row * width)
    }
  }
}

extension TextConfiguration {
  /// The position of the token whose state is the text's; the first if there is none, as in the
  /// reference implementation.
  func endPosition(_ ids: [Int]) -> Int {
    precondition(!ids.isEmpty && ids.count <= contextLength)
    let endID = endIsLargestID ? ids.max() : endOfTextID
    return ids.firstIndex { $0 == endID } ?? 0
  }
}
