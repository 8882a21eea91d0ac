package import Analyses
import LinearAlgebra
package import Runs

/// What zero-shot classification makes of every image under one condition.
package struct ConditionScores: Sendable {
  package let condition: Condition
  /// The predicted class of every image.
  package let predicted: [Int]
  /// The probability of that class.
  let confidence: [Double]
  /// The rank of the true class, from 1.
  package let rank: [Int]
  /// The images that calibration is of.
  let calibrated: [Int]
  /// Their probabilities as they are.
  package let calibration: Calibration
  /// Their probabilities with the logits divided by a temperature.
  package let scaled: Calibration?

  package init(
    _ condition: Condition, _ result: ZeroShotResult, labels: [Int],
    temperatures: FittedTemperatures?
  ) {
    self.condition = condition
    predicted = result.predicted
    confidence = result.confidence
    rank = result.rank
    calibrated = temperatures?.evaluated ?? Array(labels.indices)
    calibration = Calibration(
      logits: result.logits.selectingRows(calibrated), labels: calibrated.map { labels[$0] })
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
    confidence = images.map { scores.confidence[$0] }
    rank = images.map { scores.rank[$0] }
    let places = Dictionary(
      uniqueKeysWithValues: scores.calibrated.enumerated().map { ($1, $0) })
    calibrated = images.indices.filter { places[images[$0]] != nil }
    calibration = scores.calibration.selecting(images.compactMap { places[$0] })
    scaled = nil
  }

  /// The scores of some images alone, without scaled ones.
  package func selecting(_ images: [Int]) -> ConditionScores {
    ConditionScores(self, images: images)
  }

  /// Whether an image is right.
  package func isRight(_ image: Int) -> Bool { rank[image] == 1 }
}
