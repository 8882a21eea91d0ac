package import CLIP
package import Datasets
import Files
package import Images
package import LinearAlgebra
import Runs
import Synchronization

/// Embeds the cells that are not finished yet: images → noise → embeddings.
package struct CellRunner: Sendable {
  package let samples: [Sample]
  package let tower: VisionTower
  package let pixels: NoisyPixels
  package let store: CellStore

  package init(samples: [Sample], tower: VisionTower, pixels: NoisyPixels, store: CellStore) {
    self.samples = samples
    self.tower = tower
    self.pixels = pixels
    self.store = store
  }

  /// Runs cells in order and saves each.
  ///
  /// Only the missing images of a cell are embedded; its other rows come from where they were found.
  /// An image is decoded once for all of its chunk's cells that lack it. All workers share the
  /// batches of these cells, each on one thread from noise to embedding, and the decoding of the chunk
  /// that comes next: nobody waits before a chunk's last batch.
  ///
  /// - Parameters:
  ///   - cells: The cells to run, those of a chunk side by side; each lacks an image or more.
  ///   - didFinish: Called after each cell with the number of images that were embedded.
  /// - Throws: `RunError.interrupted` when a signal asked for it, after the cells in hand.
  package func run(_ cells: [UnfinishedCell], didFinish: @Sendable (Int) -> Void) throws {
    let groups = Self.groups(cells)
    guard let first = groups.first else { return }
    var finished = 0
    try Interruption.check(finished: 0, of: cells.count)
    var images = first.byPosition(
      try Parallel.tryMap(count: first.positions.count) { try prepare(first, $0) })
    for (index, group) in groups.enumerated() {
      let next = index + 1 < groups.count ? groups[index + 1] : nil
      let decodings = next?.positions.count ?? 0
      let batches = group.cells.map {
        ImageChunk.batches(count: $0.missing.count, size: tower.batchSize)
      }
      let pieces = batches.indices.flatMap { cell in
        batches[cell].indices.map { (cell: cell, batch: $0) }
      }
      let work = Mutex(batches.map { UnfinishedBatches(count: $0.count) })
      let prepared = try BLAS.withThreads(1) {
        try Parallel.tryMap(count: decodings + pieces.count) {
          [images] item -> NoisyPixels.Prepared? in
          if item < decodings, let next { return try prepare(next, item) }
          let (place, batch) = pieces[item - decodings]
          guard work.withLock({ $0[place].start() }) else { return nil }
          let unfinished = group.cells[place]
          let features = try features(
            batches[place][batch].compactMap { images[unfinished.missing[$0]] },
            of: unfinished.cell)
          // Whoever brings a cell's last batch saves it.
          if let all = work.withLock({ $0[place].finish(batch, features) }) {
            let features = Matrix<Float>(
              rows: all.count / store.dimension, columns: store.dimension, values: all)
            let computed = try unit(features, cell: unfinished.cell)
            try store.save(
              store.assemble(unfinished, computed: computed), as: unfinished.cell)
            didFinish(unfinished.missing.count)
          }
          return nil
        }
      }
      finished += work.withLock { $0.count { $0.isFinished } }
      try Interruption.check(finished: finished, of: cells.count)
      if let next { images = next.byPosition(prepared.prefix(decodings).compactMap(\.self)) }
    }
  }

  /// The embeddings of the images at some places in a cell's chunk, by another image tower perhaps:
  /// [positions, dimension], unit rows.
  package func embed(
    _ cell: Cell, positions: [Int], tower: VisionTower
  ) throws -> Matrix<Float> {
    let features = try ImageEncoder(tower).features(count: positions.count) { index, input in
      try append(
        prepare(cell.chunk, positions[index]), condition: cell.recipe.condition, to: &input)
    }
    return try unit(features, cell: cell)
  }

  /// Cells that share a chunk, and the positions of the images that any of them lacks, ascending.
  private struct Group {
    var cells: [UnfinishedCell]
    var positions: [Int]

    var chunk: ImageChunk { cells[0].cell.chunk }

    /// The images by their positions in the chunk.
    func byPosition(_ images: [NoisyPixels.Prepared]) -> [Int: NoisyPixels.Prepared] {
      Dictionary(uniqueKeysWithValues: zip(positions, images))
    }
  }

  private static func groups(_ cells: [UnfinishedCell]) -> [Group] {
    var groups: [Group] = []
    for cell in cells {
      if groups.last?.chunk == cell.cell.chunk {
        groups[groups.count - 1].cells.append(cell)
      } else {
        groups.append(Group(cells: [cell], positions: []))
      }
    }
    return groups.map { group in
      Group(cells: group.cells, positions: Set(group.cells.flatMap(\.missing)).sorted())
    }
  }

  /// Gets the pixels of one of the images that a group's cells lack.
  private func prepare(_ group: Group, _ index: Int) throws -> NoisyPixels.Prepared {
    try prepare(group.chunk, group.positions[index])
  }

  /// Gets the pixels of one image of a chunk.
  private func prepare(_ chunk: ImageChunk, _ index: Int) throws -> NoisyPixels.Prepared {
    let digest = chunk.digests[index]
    return pixels.prepare(
      try samples[chunk.rows[index]].image(chunk.variant).pixels(of: digest), digest: digest)
  }

  private func append(
    _ image: NoisyPixels.Prepared, condition: Condition, to pixels: inout [Float]
  ) throws {
    try self.pixels.append(
      image, kind: condition.kind, level: condition.level, seed: condition.seed ?? 0, to: &pixels)
  }

  private func features(_ images: [NoisyPixels.Prepared], of cell: Cell) throws -> [Float] {
    var input: [Float] = []
    input.reserveCapacity(images.count * tower.pixelCount)
    for image in images { try append(image, condition: cell.recipe.condition, to: &input) }
    return tower.features(input, count: images.count).values
  }

  private func unit(_ features: Matrix<Float>, cell: Cell) throws -> Matrix<Float> {
    guard let embeddings = features.withUnitRows() else {
      throw RunError.failure(
        "the image tower gave an embedding that is zero or not finite under "
          + "\(cell.condition.name), for one of \(samples[cell.chunk.rows[0]].path) and "
          + "\(cell.chunk.rows.count - 1) more images")
    }
    return embeddings
  }
}

/// The batches of a cell as they come in.
private struct UnfinishedBatches {
  private var pieces: [[Float]?]
  private var isStarted = false

  init(count: Int) { pieces = [[Float]?](repeating: nil, count: count) }

  var isFinished: Bool { pieces.allSatisfy { $0 != nil } }

  /// Whether to compute one more batch: not of a cell that was not begun when a signal came.
  mutating func start() -> Bool {
    if !isStarted && Interruption.isRequested { return false }
    isStarted = true
    return true
  }

  /// Takes a batch; returns all of them when it was the last.
  mutating func finish(_ index: Int, _ features: [Float]) -> [Float]? {
    pieces[index] = features
    return isFinished ? pieces.flatMap { $0 ?? [] } : nil
  }
}
