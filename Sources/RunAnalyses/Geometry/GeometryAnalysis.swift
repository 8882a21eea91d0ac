public import Runs

/// Numbers that compare the levels' embeddings as wholes.
public struct GeometryAnalysis: RunAnalysis {
  public static let name = "geometry"
  public static let summary = "numbers that compare the levels' embeddings as wholes"
  public static let version = 1
  public static let files: [RunFile] = []
  public static let fewestSamples = LayoutRecipe.fewestPoints

  public let settings: GeometrySettings

  public init(_ settings: GeometrySettings) { self.settings = settings }

  public func require(_ samples: SampleTable) throws {
    try GeometryTable.requireEnough(samples)
  }

  public func units(_ context: RunContext) throws -> [any UnitOfWork] { [] }

  public func write(_ context: RunContext) throws -> String {
    try GeometryTable(
      run: context.run, samples: context.samples, conditions: context.conditions,
      settings: settings, hasText: context.logitScale != nil
    ).write()
    return ""
  }
}
