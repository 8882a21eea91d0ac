import Analyses
import Files
import LinearAlgebra
import Runs

/// Accuracy and calibration of every level, its seeds together, and how the levels differ.
struct LevelTables {
  package let scores: [ConditionScores]
  package let samples: SampleTable
  package let settings: StatisticsSettings
  /// The temperature of scaled scores, by the tables of conditions.
  package let temperature: Double?

  /// The levels with their scores.
  private var levels: [(level: NoiseLevel, scores: [ConditionScores])] {
    NoiseLevel.all(scores.map(\.condition)).map { level in
      (level, level.conditions.map { scores[$0] })
    }
  }

  private var clean: ConditionScores? { scores.first { $0.condition == .clean } }

  // MARK: Accuracy

  /// `noise,level,seeds,count`, the columns of `accuracy.csv`, and the drop from the clean level.
  package func accuracy() throws -> ResultTable {
    var table = ResultTable(
      columns: NoiseLevel.tableColumns + ["seeds", "count"] + AccuracyStatistics.columns
        + ["drop", "drop_low", "drop_high"])
    for (level, scores) in levels {
      try Interruption.check()
      let statistics = AccuracyStatistics(
        scores, clean: level.noise == nil ? nil : clean, labels: samples.labels,
        classCount: samples.classes.count, temperature: temperature, settings: settings)
      let drop: [ResultTable.Value] = [.init(statistics[.drop]?.estimate)]
      table.append(
        level.tableValues + [.count(scores.count), .count(statistics.count)] + statistics.values
          + drop + statistics.interval(.drop))
    }
    return table
  }

  /// The accuracy of every group of classes by itself: `group,noise,level,seeds,classes,count`, then
  /// accuracies and their BCa intervals.
  ///
  /// An image may still be taken for a class of another group.
  package func groups() throws -> ResultTable {
    let statistics: [AccuracyStatistics.Statistic] = [.top1, .meanPerClass]
    var table = ResultTable(
      columns: ["group"] + NoiseLevel.tableColumns + ["seeds", "classes", "count"]
        + statistics.flatMap { [$0.rawValue, "\($0.rawValue)_low", "\($0.rawValue)_high"] })
    for group in settings.groups {
      let members = Set(group.classes.compactMap { samples.classes.firstIndex(of: $0) })
      let images = samples.labels.indices.filter { members.contains(samples.labels[$0]) }
      if images.isEmpty { continue }
      let labels = images.map { samples.labels[$0] }
      for (level, scores) in levels {
        try Interruption.check()
        let measured = AccuracyStatistics(
          scores.map { $0.selecting(images) }, labels: labels, classCount: samples.classes.count,
          temperature: nil, settings: settings)
        table.append(
          [.text(group.name)] + level.tableValues + [
            .count(scores.count), .count(Set(labels).count), .count(images.count),
          ]
            + statistics.flatMap { statistic in
              [.init(measured[statistic]?.estimate)] + measured.interval(statistic)
            })
      }
    }
    return table
  }

  // MARK: Tests

  /// Every two levels of a noise, the clean one among them: the difference of top-1 accuracies on the same
  /// images, its bootstrap interval, and the paired permutation test, adjusted over the table (Holm).
  ///
  /// The difference of an image is that of the shares of seeds under which it is right; the interval is for
  /// these seeds, of images drawn again.
  package func tests() throws -> ResultTable {
    var table = ResultTable(columns: [
      "noise_a", "level_a", "noise_b", "level_b", "count", "difference", "difference_low",
      "difference_high", "differing", "method", "p", "p_holm",
    ])
    let levels = levels
    let shares = levels.map { level, scores in
      samples.labels.indices.map { image in
        Double(scores.count { $0.isRight(image) }) / Double(scores.count)
      }
    }
    let pairs = levels.indices.flatMap { b in
      levels.indices.prefix(b).filter {
        levels[$0].level.noise == nil || levels[$0].level.noise == levels[b].level.noise
      }.map { (a: $0, b: b) }
    }
    let tested = try pairs.map { a, b in
      try Interruption.check()
      let differences = zip(shares[a], shares[b]).map(-)
      return (
        PairedPermutationTest(
          differences: differences, resampling: settings.permutation("levels")),
        BootstrapDistribution.of(
          meanOf: differences, resampling: settings.bootstrap("images and seeds"))
      )
    }
    let adjusted = holmAdjusted(tested.map { $0.0.pValue })
    for (index, (a, b)) in pairs.enumerated() {
      let (test, bootstrap) = tested[index]
      let interval = bootstrap.acceleratedInterval()
      table.append(
        levels[a].level.tableValues + levels[b].level.tableValues + [
          .count(samples.labels.count), .number(test.meanDifference), .init(interval?.low),
          .init(interval?.high), .count(test.differingCount), .text(test.method.rawValue),
          .number(test.pValue), .number(adjusted[index]),
        ])
    }
    return table
  }

  // MARK: Calibration

  /// `noise,level,scaled,bin_low,bin_high,count,confidence,accuracy`: the reliability diagram in 15 bins of
  /// equal width, before and after scaling; means are empty where a bin is.
  package func reliability() -> ResultTable {
    var table = ResultTable(
      columns: NoiseLevel.tableColumns + [
        "scaled", "bin_low", "bin_high", "count", "confidence", "accuracy",
      ])
    for (level, scores) in levels {
      for isScaled in [false, true] {
        let calibrations = scores.compactMap { isScaled ? $0.scaled : $0.calibration }
        let bins = AccuracyStatistics.pooled(calibrations.map { $0.reliability() })
        for (index, bin) in bins.enumerated() {
          func mean(_ sum: Double) -> ResultTable.Value {
            bin.count > 0 ? .number(sum / Double(bin.count)) : .missing
          }
          table.append(
            level.tableValues + [
              .text("\(isScaled)"), .number(Double(index) / Double(bins.count)),
              .number(Double(index + 1) / Double(bins.count)), .count(bin.count),
              mean(bin.confidence), mean(Double(bin.correct)),
            ])
        }
      }
    }
    return table
  }
}
