import Analyses
import Runs

/// The accuracy of every group of classes by itself: `groups.csv`.
struct GroupTable {
  let levels: ClassifiedLevels

  /// The accuracy of a group at a level.
  struct Accuracy: Codable, Sendable {
    let top1: Estimate
    let meanPerClass: Estimate
  }

  /// A row of the table.
  struct Row {
    let group: StatisticsSettings.Group
    /// The group's images, one at least.
    let images: [Int]
    let level: NoiseLevel
  }

  /// Those of the groups that have images.
  private var rows: [Row] {
    let samples = levels.context.samples
    return levels.settings.groups.flatMap { group -> [Row] in
      let members = Set(group.classes.compactMap { samples.classes.firstIndex(of: $0) })
      let images = samples.labels.indices.filter { members.contains(samples.labels[$0]) }
      return images.isEmpty
        ? [] : levels.levels.map { Row(group: group, images: images, level: $0) }
    }
  }

  func units() throws -> [CachedUnit<Accuracy>] { try rows.map(unit) }

  private func unit(_ row: Row) throws -> CachedUnit<Accuracy> {
    let key = levels.analysis.key(
      "group \(row.group.name) at \(row.level.name)", settings: ["replicates", "seed"],
      more: [row.group.setting],
      reads: try levels.context.digests(levels.conditions([row.level])))
    return CachedUnit(
      key, work: levels.settings.resampling(of: levels.context, seeds: 1)
    ) { [levels] in
      let samples = levels.context.samples
      let measured = try AccuracyStatistics(
        try levels.scores(row.level).map { $0.selecting(row.images) },
        labels: row.images.map { samples.labels[$0] }, classCount: samples.classes.count,
        temperature: nil, settings: levels.settings)
      return Accuracy(top1: measured.top1, meanPerClass: measured.meanPerClass)
    }
  }

  func table() throws -> Table {
    let labels = levels.context.samples.labels
    var table = Table(GroupColumns.file)
    for row in rows {
      let accuracy = try levels.value(unit(row))
      table.append(
        [GroupColumns.group(row.group.name)] + row.level.cells + [
          LevelColumns.seeds(row.level.conditions.count),
          GroupColumns.classes(Set(row.images.map { labels[$0] }).count),
          GroupColumns.count(row.images.count),
          AccuracyColumns.top1.estimate(accuracy.top1.value),
        ] + AccuracyColumns.top1.interval(accuracy.top1.interval)
          + [AccuracyColumns.meanPerClass.estimate(accuracy.meanPerClass.value)]
          + AccuracyColumns.meanPerClass.interval(accuracy.meanPerClass.interval))
    }
    return table
  }
}
