package import Analyses
import Runs

/// Accuracy and calibration of the images under one condition, or under the seeds of one level together,
/// with bootstrap intervals.
///
/// Images and seeds are drawn again, each for itself. The images that a replicate draws are the same under
/// every condition, as the images are.
package struct AccuracyStatistics: Sendable, Equatable, Codable {
  /// Scores of probabilities whose logits were divided by a temperature.
  package struct Scaled: Sendable, Equatable, Codable {
    package let temperature: Double
    package let count: Int
    let expectedCalibrationError: Double
    let brierScore: Double
    let negativeLogLikelihood: Double
  }

  /// The number of images.
  package let count: Int
  package let top1: Estimate
  package let top5: Estimate
  package let meanPerClass: Estimate
  /// Of the images that calibration is of; nil where there are none.
  package let expectedCalibrationError: Estimate?
  package let brierScore: Estimate?
  package let negativeLogLikelihood: Estimate?
  /// The fall of top-1 accuracy from the clean images; nil without them.
  package let drop: Estimate?
  /// nil without a temperature.
  package let scaled: Scaled?

  /// The statistics of the same images under some conditions, and of their drop from `clean`.
  ///
  /// - Parameters:
  ///   - scores: Those of a condition, or of the seeds of a level; of one image at least.
  ///   - clean: Those without noise; nil for no drop.
  ///   - labels: The class of each image.
  ///   - classCount: The number of classes.
  ///   - temperature: What scaled scores are of.
  ///   - settings: Replicates and seed.
  /// - Throws: `RunError.interrupted`.
  package init(
    _ scores: [ConditionScores], clean: ConditionScores? = nil, labels: [Int], classCount: Int,
    temperature: Double?, settings: StatisticsSettings
  ) throws {
    precondition(!labels.isEmpty)
    count = labels.count
    let resampled = ResampledScores(scores, clean: clean, labels: labels, classCount: classCount)
    let estimates = try BootstrapDistribution.of(
      factors: [labels.count, scores.count], resampling: settings.bootstrap("images and seeds")
    ) { counts in
      try Interruption.check()
      return resampled.statistics(images: counts[0], seeds: counts[1])
    }.map { $0.map(Estimate.init) }
    guard let first = estimates[0], let five = estimates[1], let mean = estimates[2] else {
      preconditionFailure("images have an accuracy")
    }
    (top1, top5, meanPerClass) = (first, five, mean)
    expectedCalibrationError = estimates[3]
    brierScore = estimates[4]
    negativeLogLikelihood = estimates[5]
    drop = estimates[6]
    let calibrations = scores.compactMap(\.scaled)
    if let temperature, let first = calibrations.first {
      func mean(_ value: (Calibration) -> Double) -> Double {
        calibrations.reduce(0) { $0 + value($1) } / Double(calibrations.count)
      }
      let together = Self.pooled(calibrations.map { $0.reliability() })
      scaled = Scaled(
        temperature: temperature, count: first.confidences.count,
        expectedCalibrationError: Calibration.expectedError(of: together),
        brierScore: mean(\.brierScore), negativeLogLikelihood: mean(\.negativeLogLikelihood))
    } else {
      scaled = nil
    }
  }

  /// The same bins of several conditions as one.
  package static func pooled(_ bins: [[Calibration.Bin]]) -> [Calibration.Bin] {
    guard var sum = bins.first else { return [] }
    for other in bins.dropFirst() {
      for (index, bin) in other.enumerated() {
        sum[index].count += bin.count
        sum[index].confidence += bin.confidence
        sum[index].correct += bin.correct
      }
    }
    return sum
  }
}
