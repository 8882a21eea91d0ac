import Files
import LinearAlgebra

/// A pre-norm transformer over rows of tokens.
///
/// Source: Vaswani et al. 2017, arXiv:1706.03762, with LayerNorm before each branch.
///
/// A batch is several sequences one after the other: activations are [total tokens, width], and
/// only attention looks at the boundaries. Sequences may have different lengths.
struct Transformer: Sendable {
  let configuration: TransformerConfiguration
  let blocks: [TransformerBlock]
  private let workspaces: WorkspacePool
  /// Whether to leave the rest of a pass undone, whose numbers are then of no use.
  var isCancelled: @Sendable () -> Bool = { false }

  /// Loads every block; `inputWidth` numbers a token are what the tower puts into the buffer `hidden`.
  init(
    _ configuration: TransformerConfiguration, weights: any WeightSource, prefix: String,
    arithmetic: Arithmetic, inputWidth: Int = 0
  ) throws {
    self.configuration = configuration
    blocks = try Parallel.tryMap(count: configuration.layers) { index in
      try TransformerBlock(
        configuration, weights: weights, name: TensorLayout.block(index, prefix: prefix),
        arithmetic: arithmetic)
    }
    workspaces = WorkspacePool(configuration, inputWidth: inputWidth)
  }

  /// Runs `body` with buffers for `sequences`, which are reused from call to call, and at most
  /// `workers` threads inside a product.
  func withWorkspace<Value>(
    _ sequences: TokenSequences, workers: Int = 1, _ body: (TransformerWorkspace) throws -> Value
  ) rethrows -> Value {
    let workspace = workspaces.take(sequences)
    workspace.products.workers = workers
    defer { workspaces.giveBack(workspace) }
    return try body(workspace)
  }

  /// Runs every block on the residual stream of the workspace, [total tokens, width], in place.
  ///
  /// `read` is a position in each sequence: the last block is computed for these tokens alone, which
  /// is exact, since nothing else is read. The stream's first rows then hold theirs.
  func forward(_ sequences: TokenSequences, reading read: [Int], _ workspace: TransformerWorkspace)
  {
    for block in blocks.dropLast() {
      if isCancelled() { return }
      block.forward(sequences, workspace)
    }
    blocks.last?.forward(sequences, reading: read, workspace)
  }
}
