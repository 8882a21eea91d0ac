public import Runs

/// Levels compared, classes that merge, and whether topology tracks accuracy.
public struct StatisticsAnalysis: RunAnalysis {
  public static let name = "statistics"
  public static let summary = "levels compared, merging classes, does topology track accuracy"
  public static let version = 1
  public static let files = [
    LevelColumns.file, LevelTestColumns.file, ReliabilityColumns.file, CorruptionColumns.file,
    GroupColumns.file, ChangeColumns.file, TrackingColumns.file, MergeColumns.file,
    ClassMeanColumns.file, MergingPairColumns.file,
  ]
  public static let reads = [
    ZeroShotAnalysis.name, AnglesAnalysis.name, GeometryAnalysis.name, TopologyAnalysis.name,
  ]
  public static let measures = [cleanAccuracy, cleanSize]

  /// Where a class began, which bounds what it can lose.
  public static let cleanAccuracy = ChangeMeasure("accuracy_clean", "clean accuracy", .reference)
  /// How large its clean cloud is, which bounds how much that can shrink.
  public static let cleanSize = ChangeMeasure("size_clean", "size of the clean cloud", .reference)

  public let settings: StatisticsSettings

  public init(_ settings: StatisticsSettings) { self.settings = settings }

  public func units(_ context: RunContext) throws -> [any UnitOfWork] { [] }

  public func write(_ context: RunContext) throws -> String {
    try StatisticsTables(
      run: context.run, samples: context.samples, settings: settings,
      angles: context.analyses[AnglesAnalysis.self],
      neighbors: context.analyses[GeometryAnalysis.self].overlapNeighbors,
      maximumDimension: context.analyses[TopologyAnalysis.self].maximumDimension,
      conditions: context.conditions,
      accuracy: ZeroShotAnalysis.content(context)
    ).write(baseline: context.baseline)
  }
}
