import CKernels

/// What a forward pass keeps for the backward pass, which works in the same memory.
///
/// Of each token and block: the input, query, key, value, context, the state between the branches, and
/// the MLP's inner state before its activation; all else is computed again. The last block is
/// computed for the tokens that are read alone.
final class TransformerActivations: Sendable {
  /// One block's; `[rows, …]` are all tokens, or in the last block those that are read.
  struct Block: Sendable {
    let input: AlignedBuffer<Float>  // [tokens, width]
    let keyValue: AlignedBuffer<Float>  // [tokens, 2 width]
    let query: AlignedBuffer<Float>  // [rows, width]
    let context: AlignedBuffer<Float>  // [rows, width]
    let middle: AlignedBuffer<Float>  // [rows, width]
    let hidden: AlignedBuffer<Float>  // [rows, MLP width]
  }

  let blocks: [Block]
  /// The last block's normalised input of the tokens that are read.
  let readNormalized: AlignedBuffer<Float>  // [sequences, width]
  /// The states that are read.
  let output: AlignedBuffer<Float>  // [sequences, width]
  private let tokens: Int
  private let count: Int

  init(_ configuration: TransformerConfiguration, _ batch: SequenceBatch) {
    let width = configuration.width
    tokens = batch.total
    count = batch.count
    blocks = (0..<configuration.layers).map { index in
      let rows = index == configuration.layers - 1 ? batch.count : batch.total
      return Block(
        input: AlignedBuffer(count: batch.total * width),
        keyValue: AlignedBuffer(count: batch.total * 2 * width),
        query: AlignedBuffer(count: rows * width), context: AlignedBuffer(count: rows * width),
        middle: AlignedBuffer(count: rows * width),
        hidden: AlignedBuffer(count: rows * configuration.mlpWidth))
    }
    readNormalized = AlignedBuffer(count: batch.count * width)
    output = AlignedBuffer(count: batch.count * width)
  }

  func fits(_ batch: SequenceBatch) -> Bool { tokens >= batch.total && count >= batch.count }
}

/// The gradients that a backward pass carries from block to block.
final class TransformerGradients: Sendable {
  /// Three of the residual stream, which take turns: behind, within and before a block.
  let stream: [AlignedBuffer<Float>]  // [tokens, width]
  let hidden: AlignedBuffer<Float>  // [tokens, MLP width]
  private let tokens: Int

  init(_ configuration: TransformerConfiguration, _ batch: SequenceBatch) {
    tokens = batch.total
    stream = (0..<3).map { _ in AlignedBuffer(count: batch.total * configuration.width) }
    hidden = AlignedBuffer(count: batch.total * configuration.mlpWidth)
  }

  func fits(_ batch: SequenceBatch) -> Bool { tokens >= batch.total }
}

/// What one thread needs for a piece of a batch.
final class TrainingScratch: Sendable {
  let normalized: AlignedBuffer<Float>  // [rows, width]
  let second: AlignedBuffer<Float>  // [rows, width]
  let activated: AlignedBuffer<Float>  // [rows, MLP width]
  let attention: AlignedBuffer<Float>

  init(_ configuration: TransformerConfiguration, _ batch: SequenceBatch) {
    let rows = batch.mostPieceRows
    let headWidth = configuration.width / configuration.heads
    normalized = AlignedBuffer(count: rows * configuration.width)
    second = AlignedBuffer(count: rows * configuration.width)
    activated = AlignedBuffer(count: rows * configuration.mlpWidth)
    attention = AlignedBuffer(
      count: max(
        kernel_attention_scratch(batch.longest, headWidth),
        kernel_attention_backward_scratch(batch.longest, headWidth)))
  }

  func fits(_ configuration: TransformerConfiguration, _ batch: SequenceBatch) -> Bool {
    normalized.count >= batch.mostPieceRows * configuration.width
      && attention.count
        >= kernel_attention_backward_scratch(
          batch.longest, configuration.width / configuration.heads)
  }
}
