public import Runs

/// Numbers that compare the levels' embeddings as wholes.
public struct GeometryAnalysis: RunAnalysis {
  public static let name = "geometry"
  public static let summary = "numbers that compare the levels' embeddings as wholes"
  public static let version = 1
  public static let files = [GeometryColumns.file, GeometryColumns.json, CosineColumns.file]
  public static let fewestSamples = LayoutRecipe.fewestPoints
  public static let measures = [alignmentLoss, neighborLoss, pairedDistance]

  /// Of a class: 1 − unbiased CKA of its clean and its noisy images.
  public static let alignmentLoss = ChangeMeasure("cka_loss", "change by CKA", .geometry)
  /// Of a class: the share of its images' nearest neighbours among all images that they no longer have.
  public static let neighborLoss = ChangeMeasure(
    "neighbor_loss", "loss of shared neighbours", .geometry)
  /// Of a class: the mean distance of its images' embeddings from their clean ones.
  public static let pairedDistance = ChangeMeasure(
    "paired_distance", "distance of the embeddings", .reference)

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
