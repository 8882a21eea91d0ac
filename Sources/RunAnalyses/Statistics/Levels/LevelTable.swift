import Runs

/// Accuracy and calibration of every level, its seeds together: `levels.csv`.
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

  func table() throws -> Table {
    var table = Table(LevelColumns.file)
    for (level, unit) in zip(levels.levels, try units()) {
      let statistics = try levels.value(unit)
      table.append(
        level.cells + [
          LevelColumns.seeds(level.conditions.count), AccuracyColumns.count(statistics.count),
        ] + AccuracyColumns.cells(statistics)
          + [LevelColumns.drop.estimate(statistics.drop?.value)]
          + LevelColumns.drop.interval(statistics.drop))
    }
    return table
  }
}
