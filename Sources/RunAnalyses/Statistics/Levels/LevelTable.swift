import Analyses
import Files
import Runs

/// Accuracy and calibration of every level, its seeds together: `levels.csv`, and its main columns for a paper.
struct LevelTable {
  let levels: ClassifiedLevels

  func units() throws -> [CachedUnit<AccuracyStatistics>] { try levels.levels.map(unit) }

  private func unit(_ level: NoiseLevel) throws -> CachedUnit<AccuracyStatistics> {
    let key = levels.analysis.key(
      "level \(level.name)", settings: ["replicates", "seed", "folds"],
      reads: try levels.context.digests(withClean: levels.conditions([level])))
    return CachedUnit(
      key,
      work: levels.settings.resampling(of: levels.context, seeds: level.conditions.count)
    ) { [levels] in
      let all = try levels.scores()
      return try AccuracyStatistics(
        levels.scores(level), clean: level.noise == nil ? nil : all.condition(.clean),
        labels: all.samples.labels, classCount: all.samples.classes.count,
        temperature: all.temperature, settings: levels.settings)
    }
  }

  /// The finished units' results, a row a level.
  private func rows() throws -> [(level: NoiseLevel, statistics: AccuracyStatistics)] {
    try zip(levels.levels, units()).map { ($0, try levels.value($1)) }
  }

  /// Exact values.
  func table() throws -> Table {
    var table = Table(LevelColumns.file)
    for (level, statistics) in try rows() {
      table.append(
        level.cells + [
          LevelColumns.seeds(level.conditions.count), AccuracyColumns.count(statistics.count),
        ] + AccuracyColumns.cells(statistics)
          + [LevelColumns.drop.estimate(statistics.drop?.value)]
          + LevelColumns.drop.interval(statistics.drop?.interval)
          + [LevelColumns.seedsNote(note(level))])
    }
    return table
  }

  /// What the number of seeds does to the intervals of a level.
  private func note(_ level: NoiseLevel) -> String? {
    let seeds = levels.conditions([level]).compactMap(\.seed).count
    switch seeds {
    case 0: return nil
    case 1: return "one seed: intervals are over images, for this seed"
    case 2..<Self.fewestSeeds:
      return "fewer than five seeds: where seeds have a common effect, intervals are too short"
    default: return nil
    }
  }

  /// Of fewer, the variance between seeds is not told well enough.
  private static let fewestSeeds = 5

  /// The main columns, rounded to four digits.
  func latex() throws -> String {
    let titles = [
      "noise", "level", "seeds", "images", "top-1", "95 % interval", "mean per class",
      "95 % interval", "drop", "95 % interval", "ECE (debiased)", "NLL",
    ]
    typealias Text = BooktabsTable
    let rows = try rows().map { level, statistics in
      [
        level.noise ?? ConditionColumns.clean, level.level.shortestText,
        "\(level.conditions.count)", "\(statistics.count)",
        Text.text(statistics.top1.value), Text.text(statistics.top1.interval),
        Text.text(statistics.meanPerClass.value), Text.text(statistics.meanPerClass.interval),
        Text.text(statistics.drop?.value), Text.text(statistics.drop?.interval),
        Text.text(statistics.calibrationErrors?.equalWidth.debiased),
        Text.text(statistics.negativeLogLikelihood?.value),
      ]
    }
    return BooktabsTable(titles: titles, alignment: "lrrrrlrlrlrr", rows: rows).text
  }
}
