public import Runs

/// Layouts in the plane, and how far to trust them.
public struct LayoutsAnalysis: RunAnalysis {
  public static let name = "layouts"
  public static let summary = "t-SNE, UMAP and principal components"
  public static let version = 1
  public static let files = [
    LayoutColumns.file, LayoutQualityColumns.file, LayoutQualityColumns.json,
  ]
  public static let fewestSamples = LayoutRecipe.fewestPoints

  public let settings: LayoutSettings

  public init(_ settings: LayoutSettings) { self.settings = settings }

  public func require(_ samples: SampleTable) throws {
    try LayoutTables.requireEnough(samples, settings: settings)
  }

  public func units(_ context: RunContext) throws -> [any UnitOfWork] { [] }

  public func write(_ context: RunContext) throws -> String {
    try LayoutTables(
      run: context.run, samples: context.samples, conditions: context.conditions,
      settings: settings, isQuiet: context.isQuiet
    ).write()
    return ""
  }
}
