package import Analyses
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

  /// What a result says of the images.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - result: With its calibrations; scaled ones where there are temperatures.
  ///   - temperatures: Says which images calibration is of; nil for all.
  package init(
    _ condition: Condition, _ result: ZeroShotResult, temperatures: FittedTemperatures?
  ) {
    guard let calibrations = result.calibrations else {
      preconditionFailure("scores are made of a result with its calibrations")
    }
    self.condition = condition
    predicted = result.predicted
    confidence = result.confidence
    rank = result.rank
    let images = temperatures?.evaluated ?? Array(predicted.indices)
    func evaluated(_ calibration: Calibration) -> Calibration {
      images.count == result.predicted.count ? calibration : calibration.selecting(images)
    }
    calibrated = images
    calibration = evaluated(calibrations.plain)
    scaled = calibrations.scaled.map(evaluated)
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
