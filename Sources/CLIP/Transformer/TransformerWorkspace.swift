import CKernels
import Synchronization

/// The buffers of a forward pass, which one thread has to itself.
final class TransformerWorkspace: @unchecked Sendable {
  let residual: AlignedBuffer<Float>  // [tokens, width]
  let normalized: AlignedBuffer<Float>  // [tokens, width]; later the attention's context
  let query: AlignedBuffer<Float>  // [tokens, width]
  let keyValue: AlignedBuffer<Float>  // [tokens, 2 width]
  let hidden: AlignedBuffer<Float>  // [tokens, MLP width or the tower's input width]
  let attention: AlignedBuffer<Float>
  /// Keys and values of one sequence whose rows lie apart; [longest, 2 width].
  let gathered: AlignedBuffer<Float>
  let products = ProductScratch()
  private let tokens: Int

  init(_ configuration: TransformerConfiguration, _ sequences: TokenSequences, inputWidth: Int) {
    let width = configuration.width
    tokens = sequences.rowCapacity
    residual = AlignedBuffer(count: tokens * width)
    normalized = AlignedBuffer(count: tokens * width)
    query = AlignedBuffer(count: tokens * width)
    keyValue = AlignedBuffer(count: tokens * 2 * width)
    hidden = AlignedBuffer(count: tokens * max(configuration.mlpWidth, inputWidth))
    attention = AlignedBuffer(count: Self.attentionScratch(configuration, sequences))
    gathered = AlignedBuffer(count: sequences.isCausal ? sequences.longest * 2 * width : 0)
  }

  func fits(_ configuration: TransformerConfiguration, _ sequences: TokenSequences) -> Bool {
    tokens >= sequences.rowCapacity
      && attention.count >= Self.attentionScratch(configuration, sequences)
      && (!sequences.isCausal || gathered.count >= sequences.longest * 2 * configuration.width)
  }

  private static func attentionScratch(
    _ configuration: TransformerConfiguration, _ sequences: TokenSequences
  ) -> Int {
    kernel_attention_scratch(
      sequences.longest, configuration.width / configuration.heads)
  }
}

/// Workspaces between their uses: as many as there were forward passes at once.
final class WorkspacePool: Sendable {
  private let configuration: TransformerConfiguration
  private let inputWidth: Int
  private let free = Mutex<[TransformerWorkspace]>([])

  init(_ configuration: TransformerConfiguration, inputWidth: Int) {
    self.configuration = configuration
    self.inputWidth = inputWidth
  }

  func take(_ sequences: TokenSequences) -> TransformerWorkspace {
    if let workspace = free.withLock({ $0.popLast() }), workspace.fits(configuration, sequences) {
      return workspace
    }
    return TransformerWorkspace(configuration, sequences, inputWidth: inputWidth)
  }

  func giveBack(_ workspace: TransformerWorkspace) { free.withLock { $0.append(workspace) } }
}
