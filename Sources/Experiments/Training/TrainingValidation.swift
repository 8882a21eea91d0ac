import Analyses
import CLIP
import Images
import LinearAlgebra

/// Measures a model on pairs that it is not trained on.
struct TrainingValidation {
  let loader: BatchLoader
  let objective: TrainingObjective
  let batches: BatchSettings
  let seed: UInt64
  /// The classes of a zero-shot test; nil where there are none.
  let classes: [TextureClass]?

  /// The numbers of a validation, by metric.
  typealias Scores = [TrainingValidationSettings.Metric: Double]

  /// All numbers that the data have.
  ///
  /// - `loss`: the mean of the loss over the validation pairs in batches as in training, in one order.
  /// - `accuracy`: zero-shot top-1 with the eight prompts for textures.
  /// - `recall`: of the image–text loss on records: how often an image's nearest text is its own, or
  ///   reads the same, and the other way round; the mean of both.
  /// - `adjusted-rand-index`: of single linkage of the joint embeddings at the threshold that is best here.
  ///
  /// - Throws: As embedding does, and `TrainingError.fault` when the loss cannot be computed.
  func scores(_ model: TrainableCLIP) throws -> Scores {
    let labels = loader.examples.labels
    let rows = labels.indices.filter { !objective.usesLabels || labels[$0] != nil }
    let embeddings = try ExampleEmbeddings(
      rows, epoch: 0, loader, model, towers: objective.towers)
    let kept = rows.map { labels[$0] }
    var scores: Scores = [.loss: try loss(embeddings, labels: kept, model)]
    if let weight = objective.imageWeight {
      let agreement = try analyzing("the validation pairs") {
        try ThresholdAgreement(
          Dendrogram(singleLinkageOf: embeddings.joint(imageWeight: weight)), labels: kept)
      }
      scores[.adjustedRandIndex] = agreement.optimum.counts.adjustedRandIndex
    } else if let classes, let images = embeddings.images, let tokenizer = loader.tokenizer {
      let text = try model.textTower().classEmbeddings(
        classes.map(\.rawValue), templates: .textures, tokenizer: tokenizer
      ).embeddings
      scores[.accuracy] =
        ZeroShotResult(
          images: images, classes: text, labels: kept.compactMap(\.self), logitScale: 1
        ).topAccuracy(1)
    } else {
      scores[.recall] = try recall(embeddings, rows)
    }
    return scores
  }

  private func loss(
    _ embeddings: ExampleEmbeddings, labels: [Int?], _ model: TrainableCLIP
  ) throws -> Double {
    let plan =
      batches.perLabel.map {
        BatchPlan(
          labels: labels, perLabel: $0, size: batches.size, needsPartners: objective.usesLabels,
          seed: seed, epoch: 0)
      } ?? BatchPlan(shuffling: labels.count, size: batches.size, seed: seed, epoch: 0)
    var sum = 0.0
    var count = 0
    for batch in plan.batches {
      func part(_ matrix: Matrix<Float>?) -> Matrix<Double>? {
        matrix?.selectingRows(batch).converted()
      }
      let value = try objective.loss(
        images: part(embeddings.images), texts: part(embeddings.texts),
        labels: objective.usesLabels ? batch.compactMap { labels[$0] } : [],
        logitScale: model.logitScale)
      sum += value * Double(batch.count)
      count += batch.count
    }
    guard count > 0 else {
      throw TrainingError.fault("no two validation pairs share a label, and the loss compares labels")
    }
    return sum / Double(count)
  }

  private func recall(_ embeddings: ExampleEmbeddings, _ rows: [Int]) throws -> Double {
    guard let images = embeddings.images, let texts = embeddings.texts else {
      preconditionFailure("both towers are read")
    }
    let written = try rows.map {
      try loader.examples.example($0, epoch: 0, needsImage: false).text
    }
    let cosines = BLAS.withThreads(1) {
      images.converted(to: Double.self).timesTransposed(texts.converted(to: Double.self))
    }
    func largest(_ values: some Sequence<Double>) -> Int {
      values.enumerated().reduce((0, -Double.infinity)) { $1.element > $0.1 ? ($1.offset, $1.element) : $0 }.0
    }
    var right = 0
    let columns = cosines.transposed()
    for row in rows.indices {
      if written[largest(cosines.row(row))] == written[row] { right += 1 }
      // An image is right for every text that reads like its own.
      if written[largest(columns.row(row))] == written[row] { right += 1 }
    }
    return Double(right) / Double(2 * rows.count)
  }
}
