import CKernels
import LinearAlgebra

/// The text tower while it is trained.
final class TrainableTextTower: @unchecked Sendable {
  let configuration: TextConfiguration
  private let parameters: ParameterStore
  private let transformer: TrainableTransformer
  /// Whether to leave the rest of a pass undone, whose numbers are then of no use.
  var isCancelled: @Sendable () -> Bool {
    get { transformer.isCancelled }
    set { transformer.isCancelled = newValue }
  }
  private let head: ProjectionHead
  private let tokenEmbedding: Int
  private let positions: Int
  /// The token id and the position of each row of the batch.
  private var tokens: [(id: Int, position: Int)] = []

  init(_ configuration: TextConfiguration, dimension: Int, _ parameters: ParameterStore) {
    let prefix = TensorLayout.textPrefix
    self.configuration = configuration
    self.parameters = parameters
    transformer = TrainableTransformer(configuration.transformer, parameters, prefix: prefix)
    head = ProjectionHead(
      parameters, norm: prefix + "final_layer_norm", projection: "text_projection",
      configuration.transformer, dimension: dimension)
    tokenEmbedding = parameters.offset(prefix + "embeddings.token_embedding.weight")
    positions = parameters.offset(prefix + "embeddings.position_embedding.weight")
  }

  /// The features of token sequences, and all that `backward` needs of them.
  ///
  /// What follows a sequence's end-of-text token is left out: attention is causal, so that nothing
  /// depends on it.
  ///
  /// - Returns: [inputs, dimension].
  func forward(_ inputs: ArraySlice<[Int]>) -> [Float] {
    let cut = inputs.map { $0[...configuration.endPosition($0)] }
    let batch = SequenceBatch(lengths: cut.map(\.count), isCausal: true)
    tokens = cut.flatMap { $0.enumerated().map { (id: $0.element, position: $0.offset) } }
    transformer.prepare(batch)
    transformer.forEachPiece { [self] number, scratch in
      let piece = batch.pieces[number]
      for row in piece.rows { embed(row) }
      transformer.forward(piece, scratch)
    }
    return head.forward(transformer.activations.output, rows: inputs.count)
  }

  private func embed(_ row: Int) {
    let width = configuration.transformer.width
    let (id, position) = tokens[row]
    precondition(id >= 0 && id < configuration.vocabularySize)
    let x = unsafe transformer.activations.blocks[0].input.at(row * width)
    let values = parameters.values
    unsafe x.update(from: values.at(tokenEmbedding + id * width), count: width)
    unsafe kernel_add(width, values.at(positions + position * width), x)
  }

  /// The gradients of all parameters of the tower, from that of the features of the last `forward`.
  func backward(_ featureGradient: [Float], adding: Bool) {
    let width = configuration.transformer.width
    let gradient = transformer.backward(adding: adding) { stateGradient in
      head.backward(
        transformer.activations.output, rows: transformer.batch.count,
        featureGradient: featureGradient, into: stateGradient, adding: adding)
    }
    let gradients = parameters.gradients
    if !adding {
      unsafe gradients.at(tokenEmbedding).update(
        repeating: 0, count: configuration.vocabularySize * width)
      unsafe gradients.at(positions).update(
        repeating: 0, count: configuration.contextLength * width)
    }
    for (row, token) in tokens.enumerated() {
      let source = unsafe gradient.at(row * width)
      unsafe kernel_add(width, source, gradients.at(tokenEmbedding + token.id * width))
      unsafe kernel_add(width, source, gradients.at(positions + token.position * width))
    }
  }
}
