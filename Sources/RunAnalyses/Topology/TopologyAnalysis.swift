public import Runs

/// Persistence diagrams, and their distances from the clean level's.
public struct TopologyAnalysis: RunAnalysis {
  public static let name = "topology"
  public static let summary = "persistence diagrams and their distances"
  public static let version = 1
  public static let files = [
    DiagramColumns.file, DistanceColumns.file, LandmarkColumns.file, BandColumns.file,
    DiagramTestColumns.file, WitnessColumns.file,
  ]
  public static let measures = TopologyMeasures.all

  public let settings: TopologySettings

  public init(_ settings: TopologySettings) { self.settings = settings }

  public func require(_ samples: SampleTable) throws {
    try TopologyTables.requireFits(samples, settings: settings)
  }

  public func units(_ context: RunContext) throws -> [any UnitOfWork] { [] }

  public func write(_ context: RunContext) throws -> String {
    try TopologyTables(
      run: context.run, samples: context.samples, conditions: context.conditions,
      settings: settings, isQuiet: context.isQuiet
    ).write()
    return ""
  }
}
