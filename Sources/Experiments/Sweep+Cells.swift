import CLIP
import Embedding
import LinearAlgebra
import Logging
import Runs

/// Finished cells of earlier runs: what is said of them, and cells made of their rows.
extension Sweep {
  /// Names the cells that cannot be used, and says why others are not.
  func reportCells(_ inventory: CellInventory) {
    func warn(_ text: String) { log.warning("\(text)") }
    let own = experiment.precision.arithmetic.kernels
    for (path, problem) in inventory.damaged {
      warn("\(path) is damaged: \(problem). It is not used: what it held is computed again")
    }
    if inventory.ofEarlierVersion > 0 {
      warn(
        "\(inventory.ofEarlierVersion) cells are of an earlier version and have no checksum: they "
          + "are computed again")
    }
    for (kernels, count) in inventory.ofOtherKernels.sorted(by: { $0.key < $1.key }) {
      warn(
        "\(count) cells were made by other kernels (\(kernels)) than those of this machine "
          + "(\(own)), which give other bits: not used")
    }
    if inventory.boundToTheirBatch > 0 {
      warn(
        "\(inventory.boundToTheirBatch) embeddings are there in cells of other selections, and are "
          + "computed again: with \(own) an embedding's last "
          + "bits depend on the images beside it. --backend panels has no such dependence")
    }
  }

  /// Writes the cells whose rows are all in others.
  func gather(_ plan: EmbeddingPlan, store: CellStore) throws {
    let cells = plan.gathered
    guard !cells.isEmpty else { return }
    try clock.measure("gather rows") {
      _ = try Parallel.tryMap(count: cells.count) { index in
        try Interruption.check()
        try store.save(store.assemble(cells[index]), as: cells[index].cell)
      }
    }
  }
}
