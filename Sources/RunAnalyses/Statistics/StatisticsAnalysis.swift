public import Runs

/// Levels compared, classes that merge, and whether topology tracks accuracy.
public struct StatisticsAnalysis: RunAnalysis {
  public static let name = "statistics"
  public static let summary = "levels compared, merging classes, does topology track accuracy"
  public static let version = 1
  public static let files: [RunFile] = []

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
