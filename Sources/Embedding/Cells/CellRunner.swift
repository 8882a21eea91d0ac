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
  /// An image is decoded once for all of its chunk's cells that are to run. All workers share the
  /// batches of these cells, each on one thread from noise to embedding, and the decoding of the chunk
  /// that comes next: nobody waits before a chunk's last batch.
  ///
  /// - Parameters:
  ///   - cells: The cells to run, those of a chunk side by side.
  ///   - didFinish: Called after each cell with its number of images.
  /// - Throws: `RunError.interrupted` when a signal asked for it, after the cells in hand.
  package func run(_ cells: [Cell], didFinish: @Sendable (Int) -> Void) throws {
    let groups = Self.groups(cells)
    guard var chunk = groups.first?[0].chunk else { return }
    var finished = 0
    try Interruption.check(finished: 0, of: cells.count)
    var images = try Parallel.tryMap(count: chunk.rows.count) { [chunk] index in
      try prepare(chunk, index)
    }
    for (index, group) in groups.enumerated() {
      let next = index + 1 < groups.count ? groups[index + 1][0].chunk : nil
      let decodings = next?.rows.count ?? 0
      let batches = ImageChunk.batches(count: chunk.rows.count, size: tower.batchSize)
      let work = Mutex(group.map { _ in UnfinishedCell(batches: batches.count) })
      let prepared = try BLAS.withThreads(1) {
        try Parallel.tryMap(count: decodings + group.count * batches.count) {
          [images] item -> NoisyPixels.Prepared? in
          if item < decodings, let next { return try prepare(next, item) }
          let place = (item - decodings).quotientAndRemainder(dividingBy: batches.count)
          guard work.withLock({ $0[place.quotient].start() }) else { return nil }
          let cell = group[place.quotient]
          let features = try features(
            batches[place.remainder].map { images[$0] }, of: cell)
          // Whoever brings a cell's last batch saves it.
          if let all = work.withLock({ $0[place.quotient].finish(place.remainder, features) }) {
            let features = Matrix<Float>(
              rows: all.count / store.dimension, columns: store.dimension, values: all)
            try store.save(unit(features, cell: cell), as: cell)
            didFinish(cell.chunk.rows.count)
          }
          return nil
        }
      }
      finished += work.withLock { $0.count { $0.isFinished } }
      try Interruption.check(finished: finished, of: cells.count)
      images = prepared.prefix(decodings).compactMap(\.self)
      if let next { chunk = next }
    }
  }

  /// The embeddings of the images at some places in a cell's chunk, by another image tower perhaps:
  /// [positions, dimension], unit rows.
  package func embed(
    _ cell: Cell, positions: [Int], tower: VisionTower
  ) throws -> Matrix<Float> {
    let features = try ImageEncoder(tower).features(count: positions.count) { index, input in
      try append(prepare(cell.chunk, positions[index]), condition: cell.condition, to: &input)
    }
    return try unit(features, cell: cell)
  }

  /// Cells that share a chunk.
  private static func groups(_ cells: [Cell]) -> [[Cell]] {
    var groups: [[Cell]] = []
    for cell in cells {
      if groups.last?[0].chunk == cell.chunk {
        groups[groups.count - 1].append(cell)
      } else {
        groups.append([cell])
      }
    }
    return groups
  }

  /// Gets the pixels of one image of a chunk.
  private func prepare(_ chunk: ImageChunk, _ index: Int) throws -> NoisyPixels.Prepared {
    let digest = chunk.digests[index]
    return pixels.prepare(
      try samples[chunk.rows[index]].image.pixels(of: digest), digest: digest)
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
    for image in images { try append(image, condition: cell.condition, to: &input) }
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
private struct UnfinishedCell {
  private var pieces: [[Float]?]
  private var isStarted = false

  init(batches: Int) { pieces = [[Float]?](repeating: nil, count: batches) }

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
