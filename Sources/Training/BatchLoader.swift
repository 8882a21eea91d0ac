import CLIP
import Images
import LinearAlgebra

/// Makes what the model reads of pairs: pixels and token ids.
struct BatchLoader: Sendable {
  let examples: any TrainingExamples
  let preprocessing: ImagePreprocessing
  let tokenizer: Tokenizer?
  let contextLength: Int
  /// What is done to the images; nil for nothing.
  let augmentation: Augmentation?
  /// The seed of what is done.
  let seed: UInt64
  private let pixels: NoisyPixels

  /// A loader for the towers that the model has; texts need its tokenizer.
  init(
    _ examples: any TrainingExamples, model: CLIPModel, towers: Set<Tower>,
    augmentation: Augmentation?, seed: UInt64
  ) throws {
    self.examples = examples
    preprocessing = model.preprocessing
    tokenizer = towers.contains(.text) ? try model.tokenizer() : nil
    contextLength = model.configuration.text?.contextLength ?? 0
    needsImages = towers.contains(.vision)
    self.augmentation = augmentation.flatMap { $0.isIdentity ? nil : $0 }
    self.seed = seed
    pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
  }

  private let needsImages: Bool

  /// Loads pairs on all workers.
  ///
  /// - Parameters:
  ///   - rows: The pairs, by number.
  ///   - epoch: The epoch that they belong to.
  /// - Returns: Pixels, token ids and labels in that order of pairs.
  /// - Throws: `FileError` naming an image that cannot be read.
  func batch(_ rows: [Int], epoch: Int) throws -> TrainingBatch {
    let loaded = try Parallel.tryMap(count: rows.count) { place in
      try load(rows[place], epoch: epoch)
    }
    let labels = rows.compactMap { examples.labels[$0] }
    return TrainingBatch(
      count: rows.count, pixels: needsImages ? loaded.flatMap(\.pixels) : [],
      texts: tokenizer == nil ? [] : loaded.map(\.ids),
      labels: labels.count == rows.count ? labels : [])
  }

  private func load(_ row: Int, epoch: Int) throws -> (pixels: [Float], ids: [Int]) {
    let example = try examples.example(row, epoch: epoch, needsImage: needsImages)
    var values: [Float] = []
    if var image = example.image {
      if let augmentation {
        var random = RandomStream(
          domain: "training/augmentation", seed: seed, identity: "\(epoch)/\(row)".utf8)
        image = augmentation(image, using: &random)
      }
      pixels.append(image, to: &values)
    }
    guard let tokenizer else { return (values, []) }
    return (values, tokenizer.modelInput(example.text, contextLength: contextLength).ids)
  }
}
