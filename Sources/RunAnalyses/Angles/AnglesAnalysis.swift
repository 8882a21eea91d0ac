public import Runs

/// Principal angles between the subspaces of the classes.
public struct AnglesAnalysis: RunAnalysis {
  public static let name = "angles"
  public static let summary = "angles between the classes' subspaces"
  public static let version = 1
  public static let files: [RunFile] = []

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
