package import Analyses
import LinearAlgebra
package import Runs

/// Accuracy and calibration of the images under one condition, or under the seeds of one level together,
/// with bootstrap intervals.
///
/// Images and seeds are drawn again, each for itself. The images that a replicate draws are the same under
/// every condition, as the images are.
package struct AccuracyStatistics: Sendable {
  /// What is estimated; the raw values are the columns' names.
  package enum Statistic: String, CaseIterable {
    case top1
    case top5
    case meanPerClass = "mean_per_class"
    case expectedCalibrationError = "ece"
    case brierScore = "brier"
    case negativeLogLikelihood = "nll"
    case drop

    package static let accuracies: [Statistic] = [.top1, .top5, .meanPerClass]
    static let calibrations: [Statistic] = [
      .expectedCalibrationError, .brierScore, .negativeLogLikelihood,
    ]
  }

  /// Scores of probabilities whose logits were divided by a temperature.
  package struct Scaled: Sendable {
    package let temperature: Double
    package let count: Int
    let expectedCalibrationError: Double
    let brierScore: Double
    let negativeLogLikelihood: Double
  }

  package let count: Int
  package let scaled: Scaled?
  private let distributions: [BootstrapDistribution?]

  /// The statistics of the same images under some conditions, and of their drop from `clean`.
  package init(
    _ scores: [ConditionScores], clean: ConditionScores? = nil, labels: [Int], classCount: Int,
    temperature: Double?, settings: StatisticsSettings
  ) {
    count = labels.count
    distributions = BootstrapDistribution.of(
      factors: [labels.count, scores.count], resampling: settings.bootstrap("images and seeds")
    ) { counts in
      Self.statistics(
        scores, clean: clean, labels: labels, classCount: classCount, images: counts[0],
        seeds: counts[1])
    }
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

  /// A statistic's distribution; nil where it is not defined.
  package subscript(statistic: Statistic) -> BootstrapDistribution? {
    distributions[Statistic.allCases.firstIndex(of: statistic) ?? 0]
  }

  // MARK: Weighted statistics

  /// The statistics of a sample that has every image and every seed so many times.
  private static func statistics(
    _ scores: [ConditionScores], clean: ConditionScores?, labels: [Int], classCount: Int,
    images: [Int32], seeds: [Int32]
  ) -> [Double?] {
    var (total, first, five) = (0.0, 0.0, 0.0)
    var (calibrated, brier, loss) = (0.0, 0.0, 0.0)
    var classTotals = [Double](repeating: 0, count: classCount)
    var classRight = classTotals
    var bins: [[Calibration.Bin]] = []
    for (seed, score) in zip(seeds, scores) where seed > 0 {
      for (image, drawn) in images.enumerated() where drawn > 0 {
        let weight = Double(drawn * seed)
        let label = labels[image]
        total += weight
        classTotals[label] += weight
        if score.rank[image] <= 5 { five += weight }
        if score.rank[image] == 1 {
          first += weight
          classRight[label] += weight
        }
      }
      let drawn = score.calibrated.map { images[$0] * seed }
      for (place, times) in drawn.enumerated() where times > 0 {
        calibrated += Double(times)
        brier += Double(times) * score.calibration.brierScores[place]
        loss += Double(times) * score.calibration.logarithmicLosses[place]
      }
      bins.append(score.calibration.reliability(counts: drawn))
    }
    guard total > 0 else { return Statistic.allCases.map { _ in nil } }
    let shares = zip(classRight, classTotals).filter { $1 > 0 }.map { $0 / $1 }
    let drop = clean.map { clean in
      var (right, drawn) = (0.0, 0.0)
      for (image, times) in images.enumerated() {
        drawn += Double(times)
        if clean.rank[image] == 1 { right += Double(times) }
      }
      return right / drawn - first / total
    }
    return [
      first / total, five / total, shares.reduce(0, +) / Double(shares.count),
      calibrated > 0 ? Calibration.expectedError(of: pooled(bins)) : nil,
      calibrated > 0 ? brier / calibrated : nil, calibrated > 0 ? loss / calibrated : nil, drop,
    ]
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

  // MARK: Columns

  /// `top1,top5,mean_per_class`, calibration before and after scaling, then the intervals: of accuracies
  /// `_low,_high` (BCa) and `_percentile_low,_percentile_high`, of calibration `_low,_high` (BCa).
  package static let columns =
    (Statistic.accuracies + Statistic.calibrations).map(\.rawValue)
    + ["temperature", "scaled_count"] + Statistic.calibrations.map { "\($0.rawValue)_scaled" }
    + Statistic.accuracies.flatMap { statistic in
      ["low", "high", "percentile_low", "percentile_high"].map { "\(statistic.rawValue)_\($0)" }
    } + Statistic.calibrations.flatMap { ["\($0.rawValue)_low", "\($0.rawValue)_high"] }

  /// The values of those columns.
  package var values: [ResultTable.Value] {
    func estimate(_ statistic: Statistic) -> ResultTable.Value { .init(self[statistic]?.estimate) }
    let estimates = (Statistic.accuracies + Statistic.calibrations).map(estimate)
    let afterScaling: [ResultTable.Value] =
      scaled.map {
        [
          .number($0.temperature), .count($0.count), .number($0.expectedCalibrationError),
          .number($0.brierScore), .number($0.negativeLogLikelihood),
        ]
      } ?? [.missing, .missing, .missing, .missing, .missing]
    let accuracies = Statistic.accuracies.flatMap { statistic in
      interval(statistic) + Self.ends(self[statistic]?.percentileInterval())
    }
    return estimates + afterScaling + accuracies + Statistic.calibrations.flatMap(interval)
  }

  /// The ends of a statistic's BCa interval.
  package func interval(_ statistic: Statistic) -> [ResultTable.Value] {
    Self.ends(self[statistic]?.acceleratedInterval())
  }

  private static func ends(_ interval: BootstrapDistribution.Interval?) -> [ResultTable.Value] {
    [.init(interval?.low), .init(interval?.high)]
  }
}
