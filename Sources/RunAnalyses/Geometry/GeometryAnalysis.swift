import Files
package import Runs

/// Numbers that compare the embeddings of every condition, as wholes, with the clean ones and with what text and
/// classes say.
package struct GeometryAnalysis: RunAnalysis {
  package static let name = "geometry"
  package static let summary = "numbers that compare the levels' embeddings as wholes"
  package static let version = 1
  package static let withoutClean: String? =
    "what geometry.csv has of the comparison with the clean images"
  package static let files = [GeometryColumns.file, GeometryColumns.json, CosineColumns.file]
  /// The classes' embeddings.
  package static let reads: [any RunAnalysis.Type] = [ZeroShotAnalysis.self]
  package static let fewestSamples = LayoutRecipe.fewestPoints
  package static let measures = [alignmentLoss, neighborLoss, pairedDistance]

  /// Of a class: 1 − unbiased CKA of its clean and its noisy images.
  package static let alignmentLoss = ChangeMeasure("cka_loss", "change by CKA", .geometry)
  /// Of a class: the share of its images' nearest neighbours among all images that they no longer have.
  package static let neighborLoss = ChangeMeasure(
    "neighbor_loss", "loss of shared neighbours", .geometry)
  /// Of a class: the mean distance of its images' embeddings from their clean ones.
  package static let pairedDistance = ChangeMeasure(
    "paired_distance", "distance of the embeddings", .reference)

  package let settings: GeometrySettings

  package init(_ settings: GeometrySettings) { self.settings = settings }

  package func require(_ samples: SampleTable) throws {
    guard samples.labels.count >= Self.fewestSamples else {
      throw RunError.failure(
        "the geometry needs \(Self.fewestSamples) images or more, and there are "
          + "\(samples.labels.count): take more, or leave geometry out of --analyses")
    }
  }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    try context.conditions.map { try numbers($0, context) }
  }

  private func numbers(
    _ condition: Condition, _ context: RunContext
  ) throws -> CachedUnit<GeometryNumbers> {
    let clean = try context.conditions.contains(.clean) ? [context.digest(.clean)] : []
    let classes = try context.classDigest().map { [$0] } ?? []
    let reads = try [context.digest(condition), context.sampleDigest] + clean + classes
    return CachedUnit(
      key("numbers \(condition.name)", reads: reads), work: context.comparisonOfAll
    ) {
      try GeometryNumbers(condition, context, settings: settings)
    }
  }

  /// Writes `geometry.csv` and `geometry.json`, a row a condition, and `cosines.csv`, how the cosines of all pairs
  /// of images are distributed (duplicates are left out, and counted in `geometry.csv`).
  package func write(_ context: RunContext) throws -> String {
    var table = Table(GeometryColumns.file)
    var histograms = Table(CosineColumns.file)
    for condition in context.conditions {
      let numbers = try context.store.value(numbers(condition, context))
      table.append(numbers.row(condition))
      for row in numbers.cosineRows(condition) { histograms.append(row) }
    }
    try context.run.write(table)
    try context.run.write(histograms)
    try context.run.write(
      Table.json([
        "conditions": table.objects, "settings": settings.canonicalObject(Self.name),
      ]), GeometryColumns.json)
    return ""
  }
}
