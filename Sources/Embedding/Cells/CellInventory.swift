import LinearAlgebra
import Runs

/// What a store has of the cells that a run needs.
package struct CellInventory: Sendable {
  /// The cells that are not finished, in the order of the plan.
  package private(set) var unfinished: [UnfinishedCell] = []
  /// The files that are not what was written, and what is wrong with each.
  package private(set) var damaged: [(path: String, problem: String)] = []
  /// How many of the unfinished cells are there as an earlier version wrote them, without a checksum.
  package private(set) var ofEarlierVersion = 0
  /// Cells with embeddings of the unfinished cells' images that other kernels computed, by these.
  package private(set) var ofOtherKernels: [String: Int] = [:]
  /// Embeddings that are there, and are computed again because the images beside them decide bits.
  package private(set) var boundToTheirBatch = 0

  private enum State: Sendable {
    case finished, absent
    case damaged(String)
  }

  /// Looks at every file that a cell can be read or made of.
  ///
  /// A cell is finished when its file is whole to the bit. Of the others, rows are found in any whole
  /// cell of the same recipe, by the images' digests.
  ///
  /// - Parameters:
  ///   - cells: The cells to look at.
  ///   - all: All cells of the run, none of which is a place to look for rows of another; nil for `cells`.
  ///   - store: Where they may be.
  ///   - isFreeOfBatches: Whether an embedding has the same bits whatever images are beside it; asked only
  ///     when rows are found.
  /// - Throws: `FileError` for a file that cannot be read; `RunError.interrupted`.
  /// - Complexity: Reads the files of the cells and of those that rows are taken from, and some
  ///   kilobytes of each other cell in the store when a cell is not finished.
  init(
    _ cells: [Cell], among all: [Cell]? = nil, in store: CellStore,
    isFreeOfBatches: () throws -> Bool
  ) throws {
    let states = try Parallel.tryMap(count: cells.count) { index -> State in
      try Interruption.check()
      let cell = cells[index]
      guard try store.hasFile(cell.key) else { return .absent }
      return try store.problem(cell).map { .damaged($0) } ?? .finished
    }
    var missing: [Cell] = []
    for (cell, state) in zip(cells, states) {
      switch state {
      case .finished: continue
      case .absent:
        if try store.hasFile(cell.recipe.earlierKey(cell.chunk)) { ofEarlierVersion += 1 }
      case .damaged(let problem): damaged.append((store.path(cell.key), problem))
      }
      missing.append(cell)
    }
    guard !missing.isEmpty else { return }
    var index = RowIndex(of: missing)
    try index.read(store, except: Set((all ?? cells).map(\.key)))
    damaged += index.damaged
    ofOtherKernels = index.ofOtherKernels
    unfinished = missing.map { index.unfinished($0) }
    let found = unfinished.reduce(0) { $0 + $1.cell.chunk.rows.count - $1.missing.count }
    if found > 0, try !isFreeOfBatches() {
      boundToTheirBatch = found
      unfinished = missing.map { UnfinishedCell($0) }
    }
  }
}
