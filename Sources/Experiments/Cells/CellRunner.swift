import CLIP
import Files
import Images
import LinearAlgebra

/// Embeds the cells that are not finished yet: images → noise → embeddings.
struct CellRunner {
  let samples: [Sample]
  let tower: VisionTower
  let pixels: NoisyPixels
  let store: CellStore

  /// Runs cells in order and saves each.
  ///
  /// An image is decoded once for all of its chunk's cells that are to run. Batches of a cell run on
  /// all workers, each on one thread of its own from noise to embedding.
  ///
  /// - Parameters:
  ///   - cells: The cells to run, those of a chunk side by side.
  ///   - didFinish: Called after each cell with its number of images.
  /// - Throws: `ExperimentError.interrupted` between two cells when a signal asked for it.
  func run(_ cells: [Cell], didFinish: (Int) -> Void) throws {
    var finished = 0
    var start = 0
    while start < cells.count {
      let chunk = cells[start].chunk
      let end = cells[start...].firstIndex { $0.chunk != chunk } ?? cells.count
      let images = try prepare(chunk)
      for cell in cells[start..<end] {
        try Interruption.check(finished: finished, of: cells.count)
        try store.save(embed(images, cell: cell), as: cell)
        finished += 1
        didFinish(chunk.rows.count)
      }
      start = end
    }
  }

  private func prepare(_ chunk: ImageChunk) throws -> [NoisyPixels.Prepared] {
    try Parallel.tryMap(count: chunk.rows.count) { index in
      let file = samples[chunk.rows[index]].file
      let data = try FileContents.read(file)
      guard Digest(of: data) == chunk.digests[index] else {
        throw FileError(file, "changed while the run was going on; run again")
      }
      return pixels.prepare(
        try RGBImage(
          decoding: data, file: file, transparency: ImagePreprocessing.transparency),
        digest: chunk.digests[index])
    }
  }

  private func embed(_ images: [NoisyPixels.Prepared], cell: Cell) throws -> Matrix<Float> {
    let batches = cell.chunk.batches
    let condition = cell.condition
    let pieces = BLAS.withThreads(1) {
      Parallel.map(count: batches.count) { index in
        var input: [Float] = []
        input.reserveCapacity(batches[index].count * tower.pixelCount)
        for image in batches[index] {
          pixels.append(
            images[image], level: condition.level, seed: condition.seed ?? 0, to: &input)
        }
        return tower.features(input, count: batches[index].count)
      }
    }
    let features = Matrix<Float>(
      rows: images.count, columns: store.dimension, values: pieces.flatMap(\.values))
    guard let embeddings = features.withUnitRows() else {
      throw ExperimentError.failure(
        "the image tower gave an embedding that is zero or not finite under \(condition.name), "
          + "for one of \(samples[cell.chunk.rows[0]].path) and \(images.count - 1) more images")
    }
    return embeddings
  }
}
