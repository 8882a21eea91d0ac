public import Runs

/// Principal angles between the subspaces of the classes.
public struct AnglesAnalysis: RunAnalysis {
  public static let name = "angles"
  public static let summary = "angles between the classes' subspaces"
  public static let version = 1
  public static let files = [
    AngleColumns.file, AngleHeatMapColumns.file, AngleHeatMapColumns.json,
  ]
  public static let measures = [angle]

  /// Of a class: the mean principal angle between the subspaces of its clean and its noisy images, in radians.
  public static let angle = ChangeMeasure("angle", "subspace angle", .geometry)

  public let settings: AngleSettings

  public init(_ settings: AngleSettings) { self.settings = settings }

  public func require(_ samples: SampleTable) throws {
    try AngleTables.requireEnough(samples, settings: settings)
  }

  public func units(_ context: RunContext) throws -> [any UnitOfWork] { [] }

  public func write(_ context: RunContext) throws -> String {
    try AngleTables.write(
      run: context.run, samples: context.samples, conditions: context.conditions,
      settings: settings)
  }
}
