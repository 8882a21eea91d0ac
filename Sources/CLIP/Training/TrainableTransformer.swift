import CKernels
import LinearAlgebra

/// A transformer whose parameters are trained: forward passes that keep what the backward pass needs.
///
/// Pieces of a batch go through the blocks on one thread each; what belongs to the weights is then
/// computed over the whole batch, a part of the outputs a thread. No sum depends on which thread
/// made it, or on how many there are.
final class TrainableTransformer: @unchecked Sendable {
  let configuration: TransformerConfiguration
  let parameters: ParameterStore
  let blocks: [BlockParameters]
  private(set) var batch = SequenceBatch(lengths: [], isCausal: false)
  private(set) var activations: TransformerActivations
  private(set) var gradients: TransformerGradients
  private var scratches: [TrainingScratch] = []
  /// Whether to leave the rest of a pass undone, whose numbers are then of no use.
  var isCancelled: @Sendable () -> Bool = { false }

  init(_ configuration: TransformerConfiguration, _ parameters: ParameterStore, prefix: String) {
    self.configuration = configuration
    self.parameters = parameters
    blocks = (0..<configuration.layers).map {
      BlockParameters(parameters, TensorLayout.block($0, prefix: prefix))
    }
    activations = TransformerActivations(configuration, batch)
    gradients = TransformerGradients(configuration, batch)
  }

  /// Makes room for a batch; its embeddings then go into `activations.blocks[0].input`.
  func prepare(_ batch: SequenceBatch) {
    self.batch = batch
    if !activations.fits(batch) { activations = TransformerActivations(configuration, batch) }
    if scratches.count < Parallel.workers || !scratches[0].fits(configuration, batch) {
      scratches = (0..<Parallel.workers).map { _ in TrainingScratch(configuration, batch) }
    }
  }

  /// Runs `body` for every piece of the batch, on all workers.
  func forEachPiece(_ body: @Sendable (_ piece: Int, _ scratch: TrainingScratch) -> Void) {
    let scratches = scratches
    let workers = min(scratches.count, Parallel.workers)
    Parallel.forEach(count: batch.pieces.count, workers: workers) { [isCancelled] index, worker in
      if isCancelled() { return }
      body(index, scratches[worker])
    }
  }

  /// Runs a piece of the batch through all blocks.
  func forward(_ piece: SequenceBatch.Piece, _ scratch: TrainingScratch) {
    for index in blocks.indices {
      if isCancelled() { return }
      let isLast = index == blocks.count - 1
      let next = isLast ? activations.output : activations.blocks[index + 1].input
      forward(index, piece, readsOnly: isLast, into: next, scratch)
    }
  }

  private func forward(
    _ index: Int, _ piece: SequenceBatch.Piece, readsOnly: Bool, into output: AlignedBuffer<Float>,
    _ scratch: TrainingScratch
  ) {
    let block = blocks[index]
    let kept = activations.blocks[index]
    let width = configuration.width
    let mlpWidth = configuration.mlpWidth
    let rows = readsOnly ? piece.sequences : piece.rows
    let first = rows.lowerBound * width
    unsafe layerNorm(
      block.attentionNorm, piece.rows.count, kept.input.at(piece.rows.lowerBound * width),
      scratch.normalized.at(0))
    unsafe affine(
      block.keyValue, piece.rows.count, scratch.normalized.at(0), inputs: width,
      outputs: 2 * width, kept.keyValue.at(piece.rows.lowerBound * 2 * width))
    var normalized = unsafe scratch.normalized.at(0)
    if readsOnly {
      for sequence in piece.sequences {
        let row = batch.readRows[sequence]
        activations.readNormalized.copy(
          width, of: scratch.normalized, from: (row - piece.rows.lowerBound) * width,
          to: sequence * width)
        kept.middle.copy(width, of: kept.input, from: row * width, to: sequence * width)
      }
      unsafe normalized = activations.readNormalized.at(first)
    } else {
      kept.middle.copy(rows.count * width, of: kept.input, from: first, to: first)
    }
    unsafe affine(
      block.query, rows.count, normalized, inputs: width, outputs: width, kept.query.at(first))
    unsafe kernel_scale(rows.count * width, scoreScale, kept.query.at(first))
    for sequence in piece.sequences {
      let (shape, query) = attentionShape(sequence, readsOnly: readsOnly)
      unsafe kernel_attention(
        shape, kept.query.at(query), kept.keyValue.at(batch.rows[sequence].lowerBound * 2 * width),
        scratch.attention.at(0), kept.context.at(query))
    }
    unsafe affine(
      block.attentionOutput, rows.count, kept.context.at(first), inputs: width, outputs: width,
      kept.middle.at(first), adding: true)
    unsafe layerNorm(block.mlpNorm, rows.count, kept.middle.at(first), scratch.normalized.at(0))
    let hidden = unsafe kept.hidden.at(rows.lowerBound * mlpWidth)
    unsafe affine(
      block.mlpInput, rows.count, scratch.normalized.at(0), inputs: width, outputs: mlpWidth, hidden
    )
    unsafe activate(rows.count * mlpWidth, hidden, scratch.activated.at(0))
    output.copy(rows.count * width, of: kept.middle, from: first, to: first)
    unsafe affine(
      block.mlpOutput, rows.count, scratch.activated.at(0), inputs: mlpWidth, outputs: width,
      output.at(first), adding: true)
  }

  /// The gradients of all blocks' parameters and of their input, from that of the states that are read.
  ///
  /// - Parameters:
  ///   - adding: Whether the parameters' gradients are added to those there are.
  ///   - outputGradient: Writes the gradient of `activations.output` into a buffer.
  /// - Returns: The gradient of `activations.blocks[0].input`, [tokens, width].
  func backward(
    adding: Bool, _ outputGradient: (AlignedBuffer<Float>) -> Void
  ) -> AlignedBuffer<Float> {
    if !gradients.fits(batch) { gradients = TransformerGradients(configuration, batch) }
    var stream = gradients.stream
    outputGradient(stream[0])
    for index in blocks.indices.reversed() {
      if isCancelled() { break }
      backward(index, behind: stream[0], within: stream[1], before: stream[2], adding: adding)
      stream = [stream[2], stream[0], stream[1]]
    }
    return stream[0]
  }

  private func backward(
    _ index: Int, behind: AlignedBuffer<Float>, within: AlignedBuffer<Float>,
    before: AlignedBuffer<Float>, adding: Bool
  ) {
    let block = blocks[index]
    let kept = activations.blocks[index]
    let width = configuration.width
    let mlpWidth = configuration.mlpWidth
    let readsOnly = index == blocks.count - 1
    // Each piece's own sums for the two norms, added in order afterwards.
    let norms = AlignedBuffer<Float>(count: batch.pieces.count * 4 * width)
    unsafe norms.start.update(repeating: 0, count: norms.count)
    forEachPiece { [self] number, scratch in
      backward(
        index, batch.pieces[number], readsOnly: readsOnly, behind: behind, within: within,
        before: before, norms: norms, at: number * 4 * width, scratch)
    }
    unsafe addNorm(block.attentionNorm, norms, at: 0, adding: adding)
    unsafe addNorm(block.mlpNorm, norms, at: 2 * width, adding: adding)
    let rows = readsOnly ? batch.count : batch.total
    let queryInput = readsOnly ? activations.readNormalized : kept.input
    let maps = [
      gradient(block.mlpOutput, rows, behind, kept.hidden, mlpWidth, width),
      gradient(block.mlpInput, rows, gradients.hidden, kept.middle, width, mlpWidth),
      gradient(block.keyValue, batch.total, kept.keyValue, kept.input, width, 2 * width),
      gradient(block.attentionOutput, rows, within, kept.context, width, width),
      gradient(block.query, rows, kept.query, queryInput, width, width),
    ]
    WeightGradient.compute(maps, partSize: width * width, adding: adding)
  }

  /// Takes a piece through one block backwards; where the forward pass kept states, what the
  /// weights' gradients need of them is left in their place.
  private func backward(
    _ index: Int, _ piece: SequenceBatch.Piece, readsOnly: Bool, behind: AlignedBuffer<Float>,
    within: AlignedBuffer<Float>, before: AlignedBuffer<Float>, norms: AlignedBuffer<Float>,
    at norm: Int, _ scratch: TrainingScratch
  ) {
    let block = blocks[index]
    let kept = activations.blocks[index]
    let width = configuration.width
    let mlpWidth = configuration.mlpWidth
    let rows = readsOnly ? piece.sequences : piece.rows
    let first = rows.lowerBound * width
    let start = piece.rows.lowerBound * width
    let values = parameters.values
    let hiddenGradient = unsafe gradients.hidden.at(rows.lowerBound * mlpWidth)
    unsafe TrainingProduct.input(
      rows: rows.count, inputs: mlpWidth, outputs: width, behind.at(first),
      values.at(block.mlpOutput.weight), hiddenGradient, adding: false)
    unsafe activateBackward(
      rows.count * mlpWidth, kept.hidden.at(rows.lowerBound * mlpWidth), hiddenGradient)
    unsafe TrainingProduct.input(
      rows: rows.count, inputs: width, outputs: mlpWidth, hiddenGradient,
      values.at(block.mlpInput.weight), scratch.normalized.at(0), adding: false)
    unsafe layerNormBackward(
      block.mlpNorm, rows.count, kept.middle.at(first), scratch.normalized.at(0),
      residual: behind.at(first), into: within.at(first), sums: norms.at(norm + 2 * width))

    let contextGradient = unsafe scratch.normalized.at(0)
    unsafe TrainingProduct.input(
      rows: rows.count, inputs: width, outputs: width, within.at(first),
      values.at(block.attentionOutput.weight), contextGradient, adding: false)
    for sequence in piece.sequences {
      let (shape, query) = attentionShape(sequence, readsOnly: readsOnly)
      unsafe kernel_attention_backward(
        shape, kept.query.at(query), kept.keyValue.at(batch.rows[sequence].lowerBound * 2 * width),
        contextGradient + (query - first), scratch.attention.at(0))
    }
    unsafe kernel_scale(rows.count * width, scoreScale, kept.query.at(first))
    unsafe TrainingProduct.input(
      rows: piece.rows.count, inputs: width, outputs: 2 * width, kept.keyValue.at(2 * start),
      values.at(block.keyValue.weight), scratch.second.at(0), adding: false)
    let target = unsafe readsOnly ? scratch.normalized.at(0) : scratch.second.at(0)
    unsafe TrainingProduct.input(
      rows: rows.count, inputs: width, outputs: width, kept.query.at(first),
      values.at(block.query.weight), target, adding: !readsOnly)
    if readsOnly {
      for sequence in piece.sequences {
        let row = batch.readRows[sequence] - piece.rows.lowerBound
        unsafe kernel_add(
          width, target + (sequence - rows.lowerBound) * width, scratch.second.at(row * width))
      }
    }
    unsafe layerNormBackward(
      block.attentionNorm, piece.rows.count, kept.input.at(start), scratch.second.at(0),
      residual: readsOnly ? nil : within.at(start), into: before.at(start), sums: norms.at(norm))
    if readsOnly {
      for sequence in piece.sequences {
        unsafe kernel_add(
          width, within.at(sequence * width), before.at(batch.readRows[sequence] * width))
      }
    }
  }

  /// The scores' division by √head width, which the queries carry.
  private var scoreScale: Float {
    1 / Float(configuration.width / configuration.heads).squareRoot()
  }

  /// A sequence's attention, and where its queries start.
  private func attentionShape(
    _ sequence: Int, readsOnly: Bool
  ) -> (shape: kernel_attention_shape, query: Int) {
    let rows = batch.rows[sequence]
    let shape = kernel_attention_shape(
      tokens: rows.count,
      first_query: readsOnly ? batch.readRows[sequence] - rows.lowerBound : 0,
      queries: readsOnly ? 1 : rows.count, heads: configuration.heads,
      head_width: configuration.width / configuration.heads, causal: batch.isCausal ? 1 : 0)
    return (shape, (readsOnly ? sequence : rows.lowerBound) * configuration.width)
  }
}
