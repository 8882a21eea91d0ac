import Files
import Foundation
package import Runs

/// Layouts in the plane, of all samples and of a sample of classes, and how far to trust them.
package struct LayoutsAnalysis: RunAnalysis {
  package static let name = "layouts"
  package static let summary = "t-SNE, UMAP and principal components"
  package static let version = 1
  package static let withoutClean: String? =
    "the alignment of the layouts with that of the clean images"
  package static let files = [
    LayoutColumns.file, LayoutQualityColumns.file, LayoutQualityColumns.json,
  ]
  package static let fewestSamples = LayoutRecipe.fewestPoints

  package let settings: LayoutSettings

  package init(_ settings: LayoutSettings) { self.settings = settings }

  /// Checks that the samples allow every layout.
  ///
  /// - Throws: `RunError.failure` saying which they do not, and what to do.
  package func require(_ samples: SampleTable) throws {
    for scope in try LayoutScope.all(of: samples, settings: settings) {
      for recipe in settings.recipes {
        do {
          try recipe.validate(pointCount: scope.rows.count)
        } catch {
          throw RunError.failure(
            "\(recipe.method) of \(scope.classes == nil ? "all images" : "the sample of classes"): "
              + "\(error); take more images, or change the settings of layouts")
        }
      }
    }
  }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    try LayoutUnits(self, context).all()
  }

  /// Writes `layouts/METHOD[-sample][-joint]-CONDITION.csv`, and what says how far to trust them,
  /// `layouts/quality.csv` and `.json`.
  package func write(_ context: RunContext) throws -> String {
    let units = try LayoutUnits(self, context)
    var table = Table(LayoutQualityColumns.file)
    for series in units.series {
      for condition in context.conditions {
        let positions = try units.positions(series, condition)
        try context.run.write(
          LayoutTable.table(positions, rows: series.scope.rows),
          at: LayoutColumns.path(
            series.recipe.method, isSample: series.scope.classes != nil, isJoint: series.isJoint,
            condition))
        table.append(try units.row(series, condition))
      }
    }
    try context.run.write(table)
    let sampled = units.scopes.last?.classes?.map { context.samples.classes[$0] }
    try context.run.write(
      Table.json([
        "layouts": table.objects, "sample_classes": sampled ?? NSNull(),
        "settings": settings.canonicalObject(Self.name),
      ]), LayoutQualityColumns.json)
    return ""
  }
}
