import Analyses
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct AccuracyStatisticsTests {
  private let settings = StatisticsSettings(configuration: ["statistics.replicates": "400"])
  private let labels = [0, 0, 0, 1]

  private func statistics(
    _ scores: [ConditionScores], clean: ConditionScores? = nil, _ labels: [Int]? = nil
  ) throws -> AccuracyStatistics {
    try AccuracyStatistics(
      scores, clean: clean, labels: labels ?? self.labels, classCount: 2, temperature: nil,
      settings: settings)
  }

  @Test func `four images of two classes by hand`() throws {
    let right: [Float] = [Float(log(3.0)), 0]  // confidence 3/4 for the first class
    let all = try scores([right, right, [0, Float(log(3.0))], right], labels: labels)
    let measured = try statistics([all])
    let expected: [(Estimate?, Double)] = [
      (measured.top1, 0.5), (measured.top5, 1), (measured.meanPerClass, 1.0 / 3),
      // Right: 2 · (1/4)² = 1/8; wrong: 2 · (3/4)² = 9/8.
      (measured.brierScore, 0.625),
      (measured.negativeLogLikelihood, (log(4.0 / 3) + log(4)) / 2),
    ]
    for (index, (estimate, value)) in expected.enumerated() {
      #expect(abs(try #require(estimate).value - value) < 1e-7, "\(index)")
    }
    #expect(measured.drop == nil && measured.count == 4)
    // One bin of confidence 3/4 and accuracy 1/2.
    let errors = try #require(measured.calibrationErrors)
    #expect(abs(errors.equalWidth.value - 0.25) < 1e-7)
    #expect(abs(errors.equalCount.value - 0.25) < 1e-7)
    // Two classes are always among the five best.
    #expect(measured.top5.interval == nil && measured.top5.percentile == nil)
    let table = AccuracyTable.table([ConditionAccuracy(condition: .clean, statistics: measured)])
    #expect(try table[AccuracyColumns.top1.estimate] == [0.5])
    #expect(try table[AccuracyColumns.top5.low] == [nil])
    #expect(try table[AccuracyColumns.top5.method] == [nil])
    #expect(try table[AccuracyColumns.top1.method] == ["clopper-pearson"])
    let cells = try (
      table[AccuracyColumns.expectedCalibrationError],
      table[AccuracyColumns.chanceCalibrationError],
      table[AccuracyColumns.debiasedCalibrationError]
    )
    #expect(cells.0[0].flatMap { error in cells.1[0].map { error - $0 } } == cells.2[0])
  }

  @Test
  func `an accuracy has the exact interval, and the percentiles of the mean of right and wrong`()
    throws
  {
    let labels = (0..<40).map { $0 % 2 }
    let logits: [[Float]] = (0..<40).map { $0 % 3 == 0 ? [0, 1] : [1, 0] }
    let measured = try statistics([try scores(logits, labels: labels)], labels)
    let rights = (0..<40).map { ($0 % 3 == 0) == ($0 % 2 == 1) ? 1.0 : 0.0 }
    let mean = BootstrapDistribution.of(
      meanOf: rights, resampling: settings.bootstrap("images and seeds"))
    let interval = try #require(measured.top1.percentile)
    let other = try #require(mean.percentileInterval())
    #expect(abs(interval.low - other.low) < 1e-12 && abs(interval.high - other.high) < 1e-12)
    #expect(
      measured.top1.interval
        == ShareInterval.clopperPearson(successes: rights.reduce(0, +), trials: 40))
    // A mean of scores of one seed is drawn again.
    #expect(measured.brierScore?.interval?.method == .bca)
  }

  @Test func `all right or all wrong has an interval, and so has no drop`() throws {
    let labels = (0..<47).map { $0 % 2 }
    let right: [[Float]] = labels.map { $0 == 0 ? [1, 0] : [0, 1] }
    let clean = try scores(right, labels: labels)
    let wrong = try scores(right.map { [$0[1], $0[0]] }, labels: labels, "gaussian-1-s0")
    let same = try scores(right, labels: labels, "gaussian-1-s1")
    let all = try statistics([same], clean: clean, labels)
    // .025^(1/47), by hand.
    #expect(abs((all.top1.interval?.low ?? 0) - 0.9245142663089414) < 1e-9)
    // Of 24 and 23 images the mean of classes likewise, but for their sizes.
    #expect(all.meanPerClass.interval?.method == .exact)
    #expect(abs((all.meanPerClass.interval?.low ?? 0) - 0.9245) < 1e-3)
    #expect(all.drop?.value == 0 && all.drop?.interval?.method == .exact)
    #expect(abs((all.drop?.interval?.high ?? 0) - (1 - 0.9245142663089414)) < 1e-9)
    let none = try statistics([wrong], clean: clean, labels)
    #expect(none.top1.interval?.low == 0 && none.drop?.interval?.high == 1)
    // Seeds that do not agree say next to nothing.
    let both = try statistics([wrong, same], clean: clean, labels)
    #expect(both.drop?.interval?.low == -1 && both.drop?.interval?.method == .crossedT)
    #expect(both.brierScore?.interval?.method == .crossedT)
  }

  @Test func `seeds together are the mean of the seeds, and the drop is from clean`() throws {
    let right: [[Float]] = [[1, 0], [1, 0], [1, 0], [0, 1]]
    let clean = try scores(right, labels: labels)
    let first = try scores(
      [[1, 0], [1, 0], [0, 1], [0, 1]], labels: labels, "gaussian-1-s0")
    let second = try scores([[1, 0], [0, 1], [0, 1], [1, 0]], labels: labels, "gaussian-1-s1")
    let measured = try statistics([first, second], clean: clean)
    #expect(measured.top1.value == 0.5 && measured.drop?.value == 0.5)
    #expect(try statistics([clean], clean: clean).drop?.interval?.method == .exact)
    let interval = try #require(measured.drop?.percentile)
    #expect(interval.low >= 0 && interval.high <= 1 && interval.low < 0.5 && interval.high > 0.5)
  }

  @Test func `scaled scores come from divided logits, of the images before scaling`() throws {
    // Thirty validation images, half of them right whatever the margin: no confidence is the best.
    let labels = (0..<30).map { $0 % 2 } + [0, 1]
    let samples = SampleTable(
      paths: labels.indices.map { "\($0)" }, classNames: labels.map { ["a", "b"][$0] },
      splits: labels.indices.map { $0 < 30 ? "val" : "test" })
    let logits = [[Float]](repeating: [9, 0], count: 32)
    let matrix = Matrix(rows: 32, columns: 2, values: logits.flatMap { $0.map(Double.init) })
    let fitted = try #require(
      try FittedTemperatures(
        logits: matrix, samples: samples, rows: Array(0..<32), settings: settings))
    #expect(fitted.mean > 99 && fitted.mean <= 100 && fitted.evaluated == [30, 31])
    let both = try scores(logits, labels: labels, temperatures: fitted)
    let measured = try AccuracyStatistics(
      [both], labels: labels, classCount: 2, temperature: fitted.mean, settings: settings)
    let after = try #require(measured.scaled)
    #expect(after.count == 2 && abs(after.negativeLogLikelihood - log(2)) < 1e-2)
    #expect(abs(after.brierScore - 0.5) < 0.05)
    // Before, of the same two images: one right with certainty, one wrong.
    let before = try #require(measured.negativeLogLikelihood?.value)
    #expect(abs(before - (log(1 + exp(-9)) + log(1 + exp(9))) / 2) < 1e-6)
    #expect(try scores(logits, labels: labels).scaled == nil)
    // Parts keep the calibration of those of their images that have one.
    let part = both.selecting([0, 31])
    #expect(part.calibrated == [1] && part.calibration.isCorrect == [false])
  }
}
