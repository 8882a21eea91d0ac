package import Runs

/// Levels compared, classes that merge, and whether topology tracks accuracy.
package struct StatisticsAnalysis: RunAnalysis {
  package static let name = "statistics"
  package static let summary = "levels compared, merging classes, does topology track accuracy"
  package static let version = 2
  package static let withoutClean: String? =
    "the drop from the clean accuracy, errors relative to a baseline, changes.csv, link.csv, "
    + "partial.csv, added.csv, merging_pairs.csv"
  package static let files = [
    LevelColumns.file, LevelColumns.latex, LevelTestColumns.file, ReliabilityColumns.file,
    CorruptionColumns.file,
    GroupColumns.file, ChangeColumns.file, TrackingColumns.file, MergeColumns.file,
    ClassMeanColumns.file, MergingPairColumns.file, PartialColumns.file, AddedColumns.file,
  ]
  /// What classes lose, and how they changed by every measure.
  package static let reads: [any RunAnalysis.Type] = [
    ZeroShotAnalysis.self, ProbeAnalysis.self, AnglesAnalysis.self, GeometryAnalysis.self,
    TopologyAnalysis.self,
  ]
  package static let measures = [cleanAccuracy, cleanSize, classSize]

  /// Where a class began, which bounds what it can lose.
  package static let cleanAccuracy = ChangeMeasure("accuracy_clean", "clean accuracy", .reference)
  /// How large its clean cloud is, which bounds how much that can shrink.
  package static let cleanSize = ChangeMeasure("size_clean", "size of the clean cloud", .reference)
  /// How many images it has, with which the accuracy of each of its numbers grows.
  package static let classSize = ChangeMeasure("class_size", "number of images", .reference)

  package let settings: StatisticsSettings

  package init(_ settings: StatisticsSettings) { self.settings = settings }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    var units: [any UnitOfWork] = []
    let levels = ClassifiedLevels(self, context)
    if let levels {
      units += try LevelTable(levels: levels).units()
      units += try LevelTestTable(levels: levels).units()
      units += try GroupTable(levels: levels).units()
    }
    guard let tracking = Tracking(self, context, levels) else { return units }
    units += try tracking.units()
    return units + [try AddedTables(tracking: tracking).unit()].compactMap(\.self)
  }

  package func write(_ context: RunContext) throws -> String {
    let levels = ClassifiedLevels(self, context)
    if let levels { try write(levels) }
    try MergeTables(context, scores: levels?.scores().conditions).write(to: context.run)
    guard let tracking = Tracking(self, context, levels) else { return "" }
    try context.run.write(tracking.changes().table(groups: settings.groups))
    let table = try tracking.table()
    try context.run.write(table.table)
    return table.markdown + (try AddedTables(tracking: tracking).write())
  }

  private func write(_ levels: ClassifiedLevels) throws {
    let run = levels.context.run
    let table = LevelTable(levels: levels)
    try run.write(table.table())
    try run.write(table.latex(), LevelColumns.latex)
    try run.write(LevelTestTable(levels: levels).table())
    try run.write(ReliabilityTable(levels: levels).table())
    if !settings.groups.isEmpty { try run.write(GroupTable(levels: levels).table()) }
    let errors = LevelErrors(
      try levels.accuracies().map { ($0.condition, $0.statistics.top1.value) })
    try run.write(
      CorruptionTable(
        errors: errors, levels: levels.levels, baseline: levels.context.baseline
      ).table())
  }
}
