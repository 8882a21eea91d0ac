import Analyses
import CLIP
import LinearAlgebra
import RunAnalyses
import Textures

/// Measures a model on pairs that it is not trained on.
struct TrainingValidation {
  let loader: BatchLoader
  let objective: TrainingObjective
  let batches: BatchSettings
  let seed: UInt64
  /// The classes of a zero-shot test; nil where there are none.
  let classes: [Texture]?

  /// The numbers of a validation, by metric.
  typealias Scores = [TrainingValidationSettings.Metric: Double]

  /// All numbers that the data have.
  ///
  /// - `loss`: the mean of the loss over the validation pairs in batches as in training, in one order.
  /// - `accuracy`: zero-shot top-1 with the eight prompts for textures.
  /// - `recall`: of the image–text loss on records: how often the text nearest to an image is one that some
  ///   record gives that image, and the other way round; the mean of both.
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
        classes.map(\.name), templates: .textures, tokenizer: tokenizer
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
      batches.perLabel.flatMap { perLabel -> BatchPlan? in
        guard !labels.contains(nil) else { return nil }
        return BatchPlan(
          labels: labels, perLabel: perLabel, size: batches.size,
          needsPartners: objective.usesLabels, seed: seed, epoch: 0)
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
      throw TrainingError.fault(
        "no batch of the validation pairs has two pairs of a label and another label")
    }
    return sum / Double(count)
  }

  private func recall(_ embeddings: ExampleEmbeddings, _ rows: [Int]) throws -> Double {
    guard let images = embeddings.images, let texts = embeddings.texts else {
      preconditionFailure("both towers are read")
    }
    let examples = loader.examples
    let written = try rows.map { try examples.example($0, epoch: 0, needsImage: false).text }
    let shown = rows.map { examples.imageIdentity($0) }
    // An image or a caption of several records is found in any of them: which one is chance.
    let pairs = Set(zip(shown, written).map { [$0, $1] })
    func nearest(_ queries: Matrix<Float>, among points: Matrix<Float>) throws -> [Int] {
      try analyzing("the validation pairs") {
        try NearestNeighbors(
          of: queries, among: points, count: 1, metric: .cosine,
          control: .interruptible(isQuiet: true)
        ).indices.map { Int($0) }
      }
    }
    let count =
      try zip(shown, nearest(images, among: texts)).count { pairs.contains([$0, written[$1]]) }
      + zip(nearest(texts, among: images), written).count { pairs.contains([shown[$0], $1]) }
    return Double(count) / Double(2 * rows.count)
  }
}
