package import CLIP
internal import Embedding
internal import Files
internal import Foundation
internal import Images
package import LinearAlgebra
internal import Runs

/// Makes what a store lacks of images: thumbnails and embeddings, from one decoding of each.
///
/// Copies are read once. No bit of an embedding depends on which other images are made beside it: where the products of
/// a tower depend on the number of images that it takes at once, it takes one. What is done is kept every few seconds.
/// An image that does not decode is kept as such and read again only when its file changes or another program reads it.
package struct EmbeddingUpdate {
  /// A tower and what makes its input.
  package struct Encoder: Sendable {
    let tower: VisionTower
    let preprocessing: ImagePreprocessing
    /// The model in the store.
    package let model: StoredModel

    /// The encoder of a model, which is entered into the store.
    ///
    /// - Throws: `FileError` for weights that are damaged or missing.
    package init(_ model: CLIPModel, in store: ExplorerStore) throws {
      tower = try model.visionTower()
      preprocessing = model.preprocessing
      self.model = try store.model(key: Self.key(of: model), name: model.name)
    }

    /// The dimension of its embeddings.
    package var dimension: Int { tower.projectionDimension }

    /// All that decides an embedding but the image.
    ///
    /// Not the kernels of the machine, which change last digits: data that several machines share would be embedded on
    /// each of them in turn.
    package static func key(of model: CLIPModel) -> String {
      let text =
        "topoclip explorer 1\nmodel \(model.digest)\npreprocessing \(model.preprocessing.canonicalDescription)\n"
      return "\(Digest(of: text + "precision float32\n"))"
    }
  }

  /// What a few seconds brought.
  package struct Batch: Sendable {
    /// The rows of the images, those of copies too.
    package var rows: [Int] = []
    /// Their sizes in pixels.
    package var sizes: [(width: Int, height: Int)] = []
    /// The rows that have an embedding now.
    package var embeddedRows: [Int] = []
    /// Their embeddings, [embedded rows, dimension], unit rows.
    package var embeddings: Matrix<Float>
    /// The images that cannot be read.
    package var problems: [ExplorationProblem] = []
    /// The images that are done, those that cannot be read too.
    package var done = 0
    /// The images that there were to be done.
    package let total: Int
  }

  /// The longer side of a thumbnail, in pixels.
  package static let thumbnailSide = 256
  private static let thumbnailQuality = 85

  private let store: ExplorerStore
  private let images: StoredImages
  private let encoder: Encoder?

  /// An update of the images of a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - images: Its images.
  ///   - encoder: What embeds them; nil where thumbnails alone are wanted.
  package init(_ store: ExplorerStore, _ images: StoredImages, _ encoder: Encoder?) {
    (self.store, self.images, self.encoder) = (store, images, encoder)
  }

  /// An image to be read.
  private struct Pending {
    let digest: Digest
    let rows: [Int]
    let file: String
  }

  /// Makes what is lacking, and then removes what no image refers to any more.
  ///
  /// - Parameters:
  ///   - embedded: The rows that have an embedding already.
  ///   - didKeep: Called after each transaction with what it kept; first of all, where there are any, with
  ///     the problems that are known from earlier.
  /// - Throws: `FileError` when the disk refuses or the model gives no finite embedding; `RunError.interrupted` once
  ///   what was in hand is kept. The next update goes on.
  /// - Complexity: The time of decoding and embedding the images that are lacking.
  package func run(embedded: RowMask, didKeep: (Batch) throws -> Void) throws {
    let known = try store.problems([decodingReader] + (encoder.map { [embeddingReader($0)] } ?? []))
    var pending: [Pending] = []
    var first = emptyBatch(0)
    for (digest, rows) in images.rows {
      if let reason = known[digest] {
        first.problems += rows.map {
          ExplorationProblem(subject: images.images[$0].path, reason: reason)
        }
        continue
      }
      let isDone = rows.allSatisfy {
        images.pictured.contains($0) && (encoder == nil || embedded.contains($0))
      }
      guard !isDone, let file = rows.lazy.compactMap({ images.files[$0] }).first else { continue }
      pending.append(Pending(digest: digest, rows: rows, file: file))
    }
    first.problems.sort { $0.subject < $1.subject }
    if !first.problems.isEmpty { try didKeep(first) }
    // As the page shows them.
    pending.sort { $0.rows[0] < $1.rows[0] }
    try make(pending, didKeep)
    try store.removeUnreferenced()
  }

  private func make(_ pending: [Pending], _ didKeep: (Batch) throws -> Void) throws {
    let total = pending.reduce(0) { $0 + $1.rows.count }
    // A few are not worth the time of finding out.
    let takesBatches =
      try encoder.map { try pending.count > 32 && ImageEncoder($0.tower).checkedFreeOfBatches() }
      ?? false
    var (start, size, done) = (0, 8, 0)
    while start < pending.count {
      try Interruption.check(finished: done, of: total)
      let part = Array(pending[start..<min(start + size, pending.count)])
      let began = ContinuousClock.now
      let outcomes = try outcomes(part, takesBatches: takesBatches)
      try store.insert(outcomes.compactMap(\.kept), encoder?.model)
      done += part.reduce(0) { $0 + $1.rows.count }
      let batch = batch(part, outcomes, done: done, total: total)
      try didKeep(batch)
      start += part.count
      // Two seconds are lost at most, or the time of a few images.
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      if seconds < 1 { size = min(2 * size, 256) } else if seconds > 3 { size = max(size / 2, 4) }
    }
  }

  private func emptyBatch(_ total: Int) -> Batch {
    Batch(embeddings: Matrix(rows: 0, columns: encoder?.dimension ?? 0), total: total)
  }

  private func batch(_ part: [Pending], _ outcomes: [Outcome], done: Int, total: Int) -> Batch {
    var batch = emptyBatch(total)
    batch.done = done
    var embeddings: [Float] = []
    for (image, outcome) in zip(part, outcomes) {
      for row in image.rows {
        if let picture = outcome.kept?.picture {
          batch.rows.append(row)
          batch.sizes.append((picture.width, picture.height))
        }
        if let embedding = outcome.kept?.embedding {
          batch.embeddedRows.append(row)
          embeddings += embedding
        }
        if let reason = outcome.reason {
          batch.problems.append(
            ExplorationProblem(subject: images.images[row].path, reason: reason))
        }
      }
    }
    batch.embeddings = Matrix(
      rows: batch.embeddedRows.count, columns: encoder?.dimension ?? 0, values: embeddings)
    return batch
  }

  // MARK: Reading

  /// What came of an image.
  private struct Outcome {
    /// What is kept of it; nil of one that may be read the next time.
    var kept: ExplorerStore.Finding?
    /// What is wrong.
    var reason: String?
  }

  /// An image that was decoded.
  private struct Decoded {
    let picture: (width: Int, height: Int, thumbnail: Data)
    let input: NoisyPixels.Prepared?
  }

  /// What says that a file does not decode: the decoders of this version, up to so many pixels.
  private var decodingReader: String { "decoding 1, \(RGBImage.pixelLimit) pixels" }

  private func embeddingReader(_ encoder: Encoder) -> String { "embedding \(encoder.model.key)" }

  private func outcomes(_ part: [Pending], takesBatches: Bool) throws -> [Outcome] {
    let pixels = try encoder.map {
      NoisyPixels(
        preprocessing: $0.preprocessing,
        noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    }
    let decoded = Parallel.map(count: part.count) { index -> Result<Decoded, FileError> in
      Result { () throws(FileError) in try decode(part[index], pixels) }
    }
    var outcomes = zip(part, decoded).map { image, result -> Outcome in
      switch result {
      case .success(let decoded):
        return Outcome(kept: ExplorerStore.Finding(digest: image.digest, picture: decoded.picture))
      case .failure(let error):
        // That the system fails, or the file is another now, says nothing about these contents.
        let kept =
          error.kind == .content
          ? ExplorerStore.Finding(digest: image.digest, problem: (decodingReader, error.problem))
          : nil
        return Outcome(kept: kept, reason: error.problem)
      }
    }
    guard let encoder, let pixels else { return outcomes }
    let inputs = decoded.enumerated().compactMap { index, result in
      (try? result.get())?.input.map { (index: index, input: $0) }
    }
    let features = try features(
      inputs.map(\.input), ImageEncoder(encoder.tower), pixels, takesBatches: takesBatches)
    for (row, input) in inputs.enumerated() {
      let vector = Matrix(rows: 1, columns: features.columns, values: Array(features.row(row)))
      if let unit = vector.withUnitRows() {
        outcomes[input.index].kept?.embedding = unit.values
      } else {
        let reason = "the model gives it an embedding that is zero or not finite"
        outcomes[input.index].kept?.problem = (embeddingReader(encoder), reason)
        outcomes[input.index].reason = reason
      }
    }
    return outcomes
  }

  private func decode(_ image: Pending, _ pixels: NoisyPixels?) throws(FileError) -> Decoded {
    let data: Data
    let decoded: RGBImage
    do {
      data = try FileContents.read(image.file)
      guard Digest(of: data) == image.digest else {
        throw FileError(
          image.file, "changed while the explorer was starting; start it again", kind: .missing)
      }
      decoded = try RGBImage(
        decoding: data, file: image.file, transparency: ImagePreprocessing.transparency)
      let thumbnail = try decoded.resized(longerSide: Self.thumbnailSide, grows: false)
        .jpegData(quality: Self.thumbnailQuality)
      return Decoded(
        picture: (decoded.width, decoded.height, thumbnail),
        input: pixels?.prepare(decoded, digest: image.digest))
    } catch {
      throw FileError(image.file, "cannot be read", error)
    }
  }

  /// The features of images, [images, dimension].
  private func features(
    _ inputs: [NoisyPixels.Prepared], _ encoder: ImageEncoder, _ pixels: NoisyPixels,
    takesBatches: Bool
  ) throws -> Matrix<Float> {
    if takesBatches {
      return try encoder.features(count: inputs.count) { image, input in
        try pixels.append(inputs[image], kind: nil, level: 0, seed: 0, to: &input)
      }
    }
    let rows = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: inputs.count) { index in
        var input: [Float] = []
        try pixels.append(inputs[index], kind: nil, level: 0, seed: 0, to: &input)
        return encoder.tower.features(input, count: 1).values
      }
    }
    return Matrix(
      rows: inputs.count, columns: encoder.tower.projectionDimension, values: rows.flatMap(\.self))
  }
}

extension ImageEncoder {
  fileprivate func checkedFreeOfBatches() throws -> Bool {
    try Interruption.check()
    return isFreeOfBatches()
  }
}
