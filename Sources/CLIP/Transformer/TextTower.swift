import Files
public import LinearAlgebra

/// CLIP's text tower: a causal transformer and the projection of its end-of-text token.
public struct TextTower: Sendable {
  /// The tower's shape.
  public let configuration: TextConfiguration
  /// The dimension of an embedding.
  public let projectionDimension: Int
  private let tokenEmbedding: [Float]
  private let positions: [Float]
  let transformer: Transformer
  private let finalNorm: LayerNorm
  private let projection: Linear

  init(
    _ configuration: TextConfiguration, projectionDimension: Int, weights: any WeightSource
  ) throws {
    try weights.require(TensorLayout.text(configuration, projectionDimension: projectionDimension))
    let prefix = TensorLayout.textPrefix
    let width = configuration.transformer.width
    self.configuration = configuration
    self.projectionDimension = projectionDimension
    tokenEmbedding = try weights.floats(prefix + "embeddings.token_embedding.weight")
    positions = try weights.floats(prefix + "embeddings.position_embedding.weight")
    transformer = try Transformer(configuration.transformer, weights: weights, prefix: prefix)
    finalNorm = try LayerNorm(
      weights, prefix + "final_layer_norm", epsilon: configuration.transformer.layerNormEpsilon)
    projection = try weights.linear(
      "text_projection", inputs: width, outputs: projectionDimension, hasBias: false)
  }

  /// The projected features of a batch of token sequences, not normalised.
  ///
  /// Each sequence is cut after its end-of-text token: attention is causal, so nothing that is read
  /// depends on what follows. Time grows with the tokens that are left.
  ///
  /// - Parameter inputs: Token ids with start and end, each of 1 to `contextLength` ids below
  ///   `vocabularySize`; padding after the end does no harm.
  /// - Returns: [inputs, projection dimension].
  public func features(_ inputs: [[Int]]) -> Matrix<Float> {
    let width = configuration.transformer.width
    let sequences = inputs.map { Array($0[...endPosition($0)]) }
    let lengths = sequences.map(\.count)
    var x = embeddings(sequences)
    transformer.forward(&x, lengths: lengths, isCausal: true)
    var ends: [Float] = []
    var end = 0
    for length in lengths {
      end += length
      ends.append(contentsOf: x[(end - 1) * width..<end * width])
    }
    finalNorm.apply(rows: inputs.count, inPlace: &ends)
    var features = Matrix<Float>(rows: inputs.count, columns: projectionDimension)
    projection.apply(ends, rows: inputs.count, into: &features.values)
    return features
  }

  /// The position of the token whose state is the text's; the first if there is none, as in the
  /// reference implementation.
  func endPosition(_ ids: [Int]) -> Int {
    precondition(!ids.isEmpty && ids.count <= configuration.contextLength)
    let endID = configuration.endIsLargestID ? ids.max() : configuration.endOfTextID
    return ids.firstIndex { $0 == endID } ?? 0
  }

  /// The transformer's input: token embeddings with their positions.
  func embeddings(_ sequences: [[Int]]) -> [Float] {
    let width = configuration.transformer.width
    var x: [Float] = []  // [tokens, width]
    for sequence in sequences {
      for (position, id) in sequence.enumerated() {
        precondition(id >= 0 && id < configuration.vocabularySize)
        for j in 0..<width {
          x.append(tokenEmbedding[id * width + j] + positions[position * width + j])
        }
      }
    }
    return x
  }
}
