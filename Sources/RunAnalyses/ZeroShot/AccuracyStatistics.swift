package import Analyses
import Runs

/// Accuracy and calibration of the images under one condition, or under the seeds of one level together, with
/// intervals.
///
/// Intervals are for images and seeds that are both drawn at random: of shares `ShareInterval`'s, of drops
/// `DifferenceInterval`'s, of Brier score and likelihood under several seeds `CrossedMean`'s and under one
/// BCa. The percentile intervals are of images and seeds drawn again, each for itself; the images that a
/// replicate draws are the same under every condition, as the images are.
package struct AccuracyStatistics: Sendable, Equatable, Codable {
  /// Calibration errors with both kinds of bins.
  package struct CalibrationErrors: Sendable, Equatable, Codable {
    package let equalWidth: CalibrationError
    package let equalCount: CalibrationError
  }

  /// Scores of probabilities whose logits were divided by a temperature.
  package struct Scaled: Sendable, Equatable, Codable {
    package let temperature: Double
    package let count: Int
    let calibrationError: CalibrationError
    let brierScore: Double
    let negativeLogLikelihood: Double
  }

  /// The number of images.
  package let count: Int
  package let top1: Estimate
  /// Without an interval where no more than five classes make it 1.
  package let top5: Estimate
  package let meanPerClass: Estimate
  /// Of the images that calibration is of; nil where there are none.
  package let calibrationErrors: CalibrationErrors?
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
  /// - Throws: `RunError.interrupted`; `CancellationError` when a signal came.
  package init(
    _ scores: [ConditionScores], clean: ConditionScores? = nil, labels: [Int], classCount: Int,
    temperature: Double?, settings: StatisticsSettings
  ) throws {
    precondition(!labels.isEmpty)
    count = labels.count
    let resampled = ResampledScores(scores, clean: clean, labels: labels, classCount: classCount)
    let drawn = try BootstrapDistribution.of(
      factors: [labels.count, scores.count], resampling: settings.bootstrap("images and seeds")
    ) { counts in
      try Interruption.check()
      return resampled.statistics(images: counts[0], seeds: counts[1])
    }
    guard let first = drawn[0], let five = drawn[1], let mean = drawn[2] else {
      preconditionFailure("images have an accuracy")
    }
    let right = scores.map { $0.rank.map { $0 == 1 } }
    top1 = Estimate(first, interval: ShareInterval.of(right))
    top5 = Estimate(
      five,
      interval: classCount > 5
        ? ShareInterval.of(scores.map { $0.rank.map { $0 <= 5 } }) : nil)
    meanPerClass = Estimate(mean, interval: ShareInterval.of(right, strata: labels))
    brierScore = drawn[3].map { Self.score($0, scores.map(\.calibration.brierScores)) }
    negativeLogLikelihood = drawn[4].map {
      Self.score($0, scores.map(\.calibration.logarithmicLosses))
    }
    drop = drawn[5].map { distribution in
      let before = clean?.rank ?? []
      let falls = scores.map { score in
        zip(before, score.rank).map { ($0 == 1 ? 1.0 : 0) - ($1 == 1 ? 1 : 0) }
      }
      return Estimate(distribution, interval: DifferenceInterval.of([falls]))
    }
    let resampling = settings.bootstrap("calibration")
    let plain = try Self.errors(
      scores.map(\.calibration), [.equalWidth, .equalCount], resampling: resampling)
    calibrationErrors = plain.map { CalibrationErrors(equalWidth: $0[0], equalCount: $0[1]) }
    let calibrations = scores.compactMap(\.scaled)
    if let temperature,
      let errors = try Self.errors(calibrations, [.equalWidth], resampling: resampling)
    {
      func mean(_ value: (Calibration) -> Double) -> Double {
        calibrations.reduce(0) { $0 + value($1) } / Double(calibrations.count)
      }
      scaled = Scaled(
        temperature: temperature, count: calibrations[0].confidences.count,
        calibrationError: errors[0], brierScore: mean(\.brierScore),
        negativeLogLikelihood: mean(\.negativeLogLikelihood))
    } else {
      scaled = nil
    }
  }

  /// The mean of a score of images under each seed.
  private static func score(_ distribution: BootstrapDistribution, _ values: [[Double]]) -> Estimate
  {
    values.count > 1
      ? Estimate(distribution, interval: CrossedMean([values])?.interval())
      : Estimate(accelerated: distribution)
  }

  /// The calibration errors of the same images under each seed; nil of no image.
  private static func errors(
    _ calibrations: [Calibration], _ binnings: [CalibrationError.Binning], resampling: Resampling
  ) throws -> [CalibrationError]? {
    guard let first = calibrations.first, !first.confidences.isEmpty else { return nil }
    return try CalibrationError.of(
      calibrations, binnings, resampling: resampling, control: .interruptible(isQuiet: true))
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
