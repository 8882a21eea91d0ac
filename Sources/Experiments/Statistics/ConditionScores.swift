import Analyses
import CLIP
import LinearAlgebra

/// What zero-shot classification makes of every image under one condition.
struct ConditionScores: Sendable {
  let condition: Condition
  /// The predicted class of every image.
  let predicted: [Int]
  /// The rank of its true class, from 1.
  let rank: [Int]
  /// Its probabilities as they are.
  let calibration: Calibration
  /// The probabilities of the images that take no part in fitting, their logits divided by a temperature.
  let scaled: Calibration?

  init(
    _ condition: Condition, _ result: ZeroShotResult, labels: [Int],
    temperatures: FittedTemperatures?
  ) {
    self.condition = condition
    predicted = result.predicted
    rank = result.rank
    calibration = Calibration(logits: result.logits, labels: labels)
    scaled = temperatures.map { fitted in
      Calibration(
        logits: result.logits.selectingRows(fitted.evaluated),
        labels: fitted.evaluated.map { labels[$0] },
        temperatures: fitted.evaluated.map { fitted.temperatures[$0] })
    }
  }

  private init(_ scores: ConditionScores, images: [Int]) {
    condition = scores.condition
    predicted = images.map { scores.predicted[$0] }
    rank = images.map { scores.rank[$0] }
    calibration = scores.calibration.selecting(images)
    scaled = nil
  }

  /// The scores of some images alone, without scaled ones.
  func selecting(_ images: [Int]) -> ConditionScores { ConditionScores(self, images: images) }

  /// Whether an image is right.
  func isRight(_ image: Int) -> Bool { rank[image] == 1 }
}
