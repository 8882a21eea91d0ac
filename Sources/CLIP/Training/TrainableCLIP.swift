public import LinearAlgebra

/// One batch of training data.
public struct TrainingBatch: Sendable {
  /// The number of rows.
  public let count: Int
  /// Normalised pixels, [count, 3, size, size]; empty when no image is read.
  public let pixels: [Float]
  /// Token ids with start and end, one list a row; empty when no text is read.
  public let texts: [[Int]]
  /// One label a row; empty when none is read.
  public let labels: [Int]

  /// A batch of what is given.
  public init(count: Int, pixels: [Float] = [], texts: [[Int]] = [], labels: [Int] = []) {
    precondition(count > 0)
    precondition(texts.isEmpty || texts.count == count)
    precondition(labels.isEmpty || labels.count == count)
    self.count = count
    self.pixels = pixels
    self.texts = texts
    self.labels = labels
  }
}

/// A CLIP whose parameters are trained: both towers, or one of them with the other frozen.
///
/// A frozen tower is the one of inference: it keeps nothing for a backward pass and has no gradient.
/// Of its texts, each is embedded once. Uses all cores; the same numbers for any count of them.
/// One call at a time.
public final class TrainableCLIP: @unchecked Sendable {
  /// The model that training started from.
  public let source: CLIPModel
  /// The towers that are trained.
  public let trained: Set<Tower>
  /// The parameters that are trained: the logit scale, and the towers'.
  public let parameters: ParameterStore
  /// Whether a frozen text tower's embeddings are kept from batch to batch.
  public var keepsFrozenTexts = true
  /// Asked within a gradient, between the layers of some images or texts: whether to stop.
  public var control = ComputationControl()
  private let vision: TrainableVisionTower?
  private let text: TrainableTextTower?
  private let frozenVision: VisionTower?
  private let frozenText: TextTower?
  private var frozenTexts: [[Int]: [Float]] = [:]
  private let dimension: Int

  /// Loads a model for training.
  ///
  /// - Parameters:
  ///   - source: A checkpoint, or seeded random weights.
  ///   - trained: The towers to train; the logit scale always is.
  ///   - read: The towers that the objective reads; those among them that are not trained are frozen.
  /// - Throws: `FileError` listing every tensor that is missing or of the wrong shape.
  public init(
    _ source: CLIPModel, trained: Set<Tower> = [.vision, .text],
    read: Set<Tower> = [.vision, .text]
  ) throws {
    precondition(!trained.isEmpty && trained.isSubset(of: read))
    let configuration = source.configuration
    dimension = configuration.projectionDimension
    self.source = source
    self.trained = trained
    let parameters = try source.trainableParameters(trained)
    self.parameters = parameters
    func isFrozen(_ tower: Tower) -> Bool { read.contains(tower) && !trained.contains(tower) }
    vision =
      trained.contains(.vision)
      ? configuration.vision.map {
        TrainableVisionTower(
          $0, dimension: configuration.projectionDimension, parameters)
      } : nil
    text =
      trained.contains(.text)
      ? configuration.text.map {
        TrainableTextTower($0, dimension: configuration.projectionDimension, parameters)
      } : nil
    frozenVision = isFrozen(.vision) ? try source.visionTower() : nil
    frozenText = isFrozen(.text) ? try source.textTower() : nil
  }

  /// The logarithm of what cosines are multiplied by.
  public var logitScale: Double { Double(parameters.values.slice(0..<1)[0]) }

  /// The image tower of inference with the parameters as they are now.
  public func visionTower() throws -> VisionTower {
    guard vision != nil, let configuration = source.configuration.vision else {
      return try source.visionTower()
    }
    return try VisionTower(
      configuration, projectionDimension: dimension, weights: parameters)
  }

  /// The text tower of inference with the parameters as they are now.
  public func textTower() throws -> TextTower {
    guard text != nil, let configuration = source.configuration.text else {
      return try source.textTower()
    }
    return try TextTower(configuration, projectionDimension: dimension, weights: parameters)
  }

  /// The loss of a batch; `parameters` then has its gradient.
  ///
  /// - Parameters:
  ///   - batch: Rows with what the objective reads.
  ///   - objective: The loss.
  ///   - pieceSize: With fewer rows than the batch has, activations are kept of so many at once: all
  ///     rows are embedded first, then the whole batch's loss goes back piece by piece through a second
  ///     forward pass. The gradient is that of the whole batch, up to rounding.
  ///     Source: Gao et al. 2021, arXiv:2101.06983.
  /// - Returns: The loss of the whole batch.
  /// - Throws: `TrainingError.fault` when an embedding is not finite, or no two rows share a label that
  ///   should; `CancellationError` when `control` says so. `parameters` has no meaningful gradient then.
  public func computeGradient(
    _ batch: TrainingBatch, _ objective: TrainingObjective, pieceSize: Int? = nil
  ) throws -> Double {
    precondition(trained.isSubset(of: objective.towers))
    precondition(!objective.usesLabels || batch.labels.count == batch.count)
    vision?.isCancelled = control.isCancelled
    text?.isCancelled = control.isCancelled
    return try BLAS.withThreads(1) {
      let size = min(batch.count, pieceSize ?? batch.count)
      precondition(size > 0)
      let pieces = stride(from: 0, to: batch.count, by: size).map {
        $0..<min($0 + size, batch.count)
      }
      let images = objective.towers.contains(.vision) ? try imageFeatures(batch, pieces) : nil
      let texts = objective.towers.contains(.text) ? try textFeatures(batch, pieces) : nil
      try control.check()
      let value = try objective.evaluate(
        images: images, texts: texts, labels: batch.labels, logitScale: logitScale)
      let gradients = parameters.gradients
      gradients.replace([Float(value.logitScaleGradient)], at: 0)
      if let vision, let gradient = value.imageGradient {
        backward(gradient, pieces, again: { _ = vision.forward(batch.pixels, images: $0) }) {
          vision.backward($0, adding: $1)
        }
      }
      if let text, let gradient = value.textGradient {
        backward(gradient, pieces, again: { _ = text.forward(batch.texts[$0]) }) {
          text.backward($0, adding: $1)
        }
      }
      try control.check()
      return value.loss
    }
  }

  /// Takes the features' gradient back through a tower, piece by piece; the last first, whose
  /// activations are still there.
  private func backward(
    _ gradient: Matrix<Double>, _ pieces: [Range<Int>], again forward: (Range<Int>) -> Void,
    _ backward: ([Float], Bool) -> Void
  ) {
    for (index, piece) in pieces.enumerated().reversed() {
      let isFirst = index == pieces.count - 1
      if !isFirst { forward(piece) }
      let range = piece.lowerBound * dimension..<piece.upperBound * dimension
      backward(gradient.values[range].map { Float($0) }, !isFirst)
    }
  }

  private func imageFeatures(
    _ batch: TrainingBatch, _ pieces: [Range<Int>]
  ) throws -> Matrix<Double> {
    let features: [Float]
    if let vision {
      features = pieces.flatMap { vision.forward(batch.pixels, images: $0) }
    } else {
      guard let frozenVision else { preconditionFailure("the image tower is not read") }
      let size = frozenVision.pixelCount
      precondition(batch.pixels.count == batch.count * size)
      let parts = stride(from: 0, to: batch.count, by: frozenVision.batchSize).map {
        $0..<min($0 + frozenVision.batchSize, batch.count)
      }
      features = try Parallel.tryMap(count: parts.count) { [control] index in
        try control.check()
        let part = parts[index]
        return frozenVision.features(
          Array(batch.pixels[part.lowerBound * size..<part.upperBound * size]), count: part.count
        ).values
      }.flatMap(\.self)
    }
    return matrix(features, rows: batch.count)
  }

  private func textFeatures(
    _ batch: TrainingBatch, _ pieces: [Range<Int>]
  ) throws -> Matrix<Double> {
    precondition(batch.texts.count == batch.count)
    if let text {
      return matrix(pieces.flatMap { text.forward(batch.texts[$0]) }, rows: batch.count)
    }
    guard let frozenText else { preconditionFailure("the text tower is not read") }
    if !keepsFrozenTexts { frozenTexts = [:] }
    let new = Array(Set(batch.texts).filter { frozenTexts[$0] == nil })
      .sorted { $0.lexicographicallyPrecedes($1) }
    // One by one where they are kept: which ones are new depends on where a run was interrupted.
    let size = keepsFrozenTexts ? 1 : Self.frozenTextsAtOnce
    let parts = stride(from: 0, to: new.count, by: size).map {
      Array(new[$0..<min($0 + size, new.count)])
    }
    let features = try Parallel.tryMap(count: parts.count) { [control] part in
      try control.check()
      return frozenText.features(parts[part])
    }
    for (part, features) in zip(parts, features) {
      for (index, text) in part.enumerated() { frozenTexts[text] = Array(features.row(index)) }
    }
    return matrix(batch.texts.flatMap { frozenTexts[$0] ?? [] }, rows: batch.count)
  }

  private static let frozenTextsAtOnce = 8

  private func matrix(_ features: [Float], rows: Int) -> Matrix<Double> {
    Matrix(rows: rows, columns: dimension, values: features.map { Double($0) })
  }
}
