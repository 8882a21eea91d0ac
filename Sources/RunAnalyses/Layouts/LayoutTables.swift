import Analyses
import Files
import Foundation
import LinearAlgebra
package import Runs

/// The layouts of a run: every condition of all samples and of a sample of classes.
///
/// Each condition has a layout of its own, moved onto the clean one by a rotation, a reflection and a
/// translation, which change no distance; and all conditions have one together, in which the movement
/// of a point from level to level can be seen.
package struct LayoutTables {
  package let run: RunDirectory
  package let samples: SampleTable
  package let conditions: [Condition]
  package let settings: LayoutSettings
  package let isQuiet: Bool

  package init(
    run: RunDirectory, samples: SampleTable, conditions: [Condition], settings: LayoutSettings,
    isQuiet: Bool
  ) {
    self.run = run
    self.samples = samples
    self.conditions = conditions
    self.settings = settings
    self.isQuiet = isQuiet
  }

  /// Checks, before anything is embedded, that the samples allow every layout.
  ///
  /// - Throws: `RunError.failure` saying which they do not, and what to do.
  package static func requireEnough(_ samples: SampleTable, settings: LayoutSettings) throws {
    for scope in try LayoutScope.all(of: samples, settings: settings) {
      for recipe in settings.recipes {
        do {
          try recipe.validate(pointCount: scope.rows.count)
        } catch {
          throw RunError.failure(
            "\(recipe.method) of \(scope.name == "all" ? "all images" : "the sample of classes"): "
              + "\(error); take more images, or change the settings of layouts")
        }
      }
    }
  }

  /// The names, in the run directory, of all files that `write` makes.
  package static func files(
    _ samples: SampleTable, conditions: [Condition], settings: LayoutSettings
  ) throws -> [String] {
    try ["layouts/quality.csv", "layouts/quality.json"]
      + LayoutScope.all(of: samples, settings: settings).flatMap { scope in
        settings.recipes.flatMap { recipe in
          frames(conditions, settings).flatMap { isJoint in
            conditions.map { scope.file(recipe.method, isJoint: isJoint, $0) }
          }
        }
      }
  }

  /// Whether the layouts are joint: own ones always, joint ones when there is something to join.
  private static func frames(_ conditions: [Condition], _ settings: LayoutSettings) -> [Bool] {
    settings.isJoint && conditions.count > 1 ? [false, true] : [false]
  }

  /// Whether a file of `layouts/` has a name that a run gives.
  package static func isLayoutFile(_ name: String) -> Bool {
    if name == "quality.csv" || name == "quality.json" { return true }
    let pattern =
      /(?:tsne|umap|pca)(?:-sample)?(?:-joint)?-(clean|[a-z]+-[0-9.e-]+(?:-s[0-9]+)?)\.csv/
    guard let match = name.wholeMatch(of: pattern) else { return false }
    return Condition(name: String(match.1)) != nil
  }

  /// Makes every layout; writes `layouts/METHOD[-sample][-joint]-CONDITION.csv` and what says how far
  /// to trust them, `layouts/quality.csv` and `.json`.
  package func write() throws {
    var table = ResultTable(columns: Self.columns)
    let embeddings = try conditions.map {
      try run.readEmbeddings($0, rowCount: samples.labels.count)
    }
    let scopes = try LayoutScope.all(of: samples, settings: settings)
    for scope in scopes {
      let levels = embeddings.map {
        scope.classes == nil ? $0 : $0.selectingRows(scope.rows)
      }
      for recipe in settings.recipes {
        for isJoint in Self.frames(conditions, settings) {
          let fits =
            isJoint ? try jointFits(levels, recipe) : try ownFits(levels, recipe)
          for (fit, points) in zip(fits, levels) {
            try AtomicFile.write(
              LayoutTable.csv(fit.positions, rows: scope.rows),
              to: run.file(scope.file(recipe.method, isJoint: isJoint, fit.condition)))
            table.append(try row(fit, points, scope, recipe, isJoint: isJoint))
          }
        }
      }
    }
    try AtomicFile.write(table.csv, to: run.file("layouts/quality.csv"))
    let sampled = scopes.last?.classes?.map { samples.classes[$0] }
    try AtomicFile.write(
      ResultTable.json([
        "layouts": table.objects, "sample_classes": sampled ?? NSNull(),
        "settings": settings.canonicalObject("layouts"),
      ]), to: run.file("layouts/quality.json"))
  }

  // MARK: Fits

  /// The positions of a condition's samples, and the layout that they are of.
  private struct Fit {
    let condition: Condition
    let positions: Matrix<Float>
    let layout: LayoutRecipe.Layout
    /// How much of the shape differs from the clean layout's; nil for that one and for joint layouts.
    let disparity: Double?
  }

  /// The progress of one layout: its stages are those of the next one too.
  private var control: ComputationControl { .interruptible(isQuiet: isQuiet) }

  private func ownFits(_ levels: [Matrix<Float>], _ recipe: LayoutRecipe) throws -> [Fit] {
    var clean: Representation?
    return try zip(conditions, levels).map { condition, level in
      try analyzing(run.embeddingsFile(condition)) {
        var points = level
        let layout = try recipe.layout(of: &points, control: control)
        let own = try Representation(layout.positions)
        if condition == .clean { clean = own }
        guard condition != .clean, let clean else {
          return Fit(
            condition: condition, positions: layout.positions, layout: layout, disparity: nil)
        }
        let alignment = try ProcrustesAlignment(of: own, onto: clean)
        return Fit(
          condition: condition, positions: try alignment.applied(to: layout.positions),
          layout: layout, disparity: alignment.disparity)
      }
    }
  }

  private func jointFits(_ levels: [Matrix<Float>], _ recipe: LayoutRecipe) throws -> [Fit] {
    let count = levels[0].rows
    var points = Matrix(
      rows: count * levels.count, columns: levels[0].columns, values: levels.flatMap(\.values))
    let layout = try analyzing(run.file("embeddings")) {
      try recipe.layout(of: &points, control: control)
    }
    return conditions.enumerated().map { index, condition in
      Fit(
        condition: condition,
        positions: layout.positions.selectingRows(index * count..<(index + 1) * count),
        layout: layout, disparity: nil)
    }
  }

  // MARK: Quality

  private static let columns =
    ["method", "frame", "scope"] + Condition.tableColumns + [
      "points", "trustworthiness", "continuity", "recall_10", "silhouette", "neighbors",
      "sampled_rows", "kl_divergence", "disparity", "notes",
    ]

  private func row(
    _ fit: Fit, _ points: Matrix<Float>, _ scope: LayoutScope, _ recipe: LayoutRecipe,
    isJoint: Bool
  ) throws -> [ResultTable.Value] {
    let classes = scope.rows.map { samples.labels[$0] }
    let quality = try analyzing(run.embeddingsFile(fit.condition)) {
      try LayoutQuality(
        of: fit.positions, original: points, metric: recipe.resolvedMetric,
        // Classes of one image each have no silhouette.
        classes: Set(classes).count < classes.count ? classes : nil, control: control)
    }
    return [
      .text(recipe.method.rawValue), .text(isJoint ? "joint" : "own"), .text(scope.name),
    ] + fit.condition.tableValues + [
      .count(points.rows), .number(quality.trustworthiness), .number(quality.continuity),
      .number(quality.recall), .init(quality.silhouette), .count(quality.neighborCount),
      .count(quality.sampledRows), .init(fit.layout.klDivergence), .init(fit.disparity),
      fit.layout.notes.isEmpty ? .missing : .text(fit.layout.notes.joined(separator: "; ")),
    ]
  }
}
