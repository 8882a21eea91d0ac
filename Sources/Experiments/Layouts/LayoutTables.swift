import Analyses
import Files
import Images
import LinearAlgebra

/// The layouts of a run: every condition of all samples and of a sample of classes.
///
/// Each condition has a layout of its own, moved onto the clean one by a rotation, a reflection and a
/// translation, which change no distance; and all conditions have one together, in which the movement
/// of a point from level to level can be seen.
struct LayoutTables {
  let run: RunDirectory
  let samples: SampleTable
  let conditions: [Condition]
  let settings: LayoutSettings
  let isQuiet: Bool

  /// The samples of a layout.
  private struct Scope {
    /// `all` or `sample`.
    let name: String
    let rows: [Int]
    /// What stands in its files' names after the method.
    let suffix: String
  }

  /// Checks, before anything is embedded, that there are enough samples.
  static func requireEnough(_ samples: SampleTable, settings: LayoutSettings) throws {
    _ = try sampleClasses(samples, settings)
    guard samples.labels.count >= LayoutRecipe.fewestPoints else {
      throw ExperimentError.failure(
        "layouts need \(LayoutRecipe.fewestPoints) images or more, and there are "
          + "\(samples.labels.count): take more, or leave layouts out of --analyses")
    }
  }

  /// The classes of the sample; nil when it would be all of them.
  private static func sampleClasses(
    _ samples: SampleTable, _ settings: LayoutSettings
  ) throws -> [Int]? {
    switch settings.sampleClasses {
    case .all: return nil
    case .sample(let count, _) where count >= samples.classes.count: return nil
    default:
      return try settings.sampleClasses.indices(
        of: samples.classes, source: "layouts.sample-classes: the experiment")
    }
  }

  private func scopes() throws -> [Scope] {
    let all = Scope(name: "all", rows: Array(samples.labels.indices), suffix: "")
    guard let classes = try Self.sampleClasses(samples, settings) else { return [all] }
    let rows = all.rows.filter { classes.contains(samples.labels[$0]) }
    guard rows.count >= LayoutRecipe.fewestPoints else { return [all] }
    return [all, Scope(name: "sample", rows: rows, suffix: "-sample")]
  }

  /// The names, in the run directory, of all files that `write` makes.
  static func files(
    _ samples: SampleTable, conditions: [Condition], settings: LayoutSettings
  ) throws -> [String] {
    let tables = LayoutTables(
      run: RunDirectory(""), samples: samples, conditions: conditions, settings: settings,
      isQuiet: true)
    let frames = tables.isJoint ? ["", "-joint"] : [""]
    return try ["layouts/quality.csv", "layouts/quality.json"]
      + tables.scopes().flatMap { scope in
        settings.recipes.flatMap { recipe in
          frames.flatMap { frame in
            conditions.map { "layouts/\(recipe.method)\(scope.suffix)\(frame)-\($0.name).csv" }
          }
        }
      }
  }

  /// Whether a file of `layouts/` has a name that a run gives.
  static func isLayoutFile(_ name: String) -> Bool {
    if name == "quality.csv" || name == "quality.json" { return true }
    let pattern = /(?:tsne|umap|pca)(?:-sample)?(?:-joint)?-(clean|[a-z]+-[0-9.e-]+-s[0-9]+)\.csv/
    guard let match = name.wholeMatch(of: pattern) else { return false }
    return Condition(name: String(match.1)) != nil
  }

  private var isJoint: Bool { settings.isJoint && conditions.count > 1 }

  /// Makes every layout; writes `layouts/METHOD[-sample][-joint]-CONDITION.csv` and what says how far
  /// to trust them, `layouts/quality.csv` and `.json`.
  func write() throws {
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    var table = ResultTable(columns: Self.columns)
    let embeddings = try conditions.map {
      try run.readEmbeddings($0, rowCount: samples.labels.count)
    }
    for scope in try scopes() {
      let levels = embeddings.map { scope.suffix.isEmpty ? $0 : $0.selectingRows(scope.rows) }
      for recipe in settings.recipes {
        try writeOwn(levels, scope, recipe, control: control, to: &table)
        if isJoint { try writeJoint(levels, scope, recipe, control: control, to: &table) }
      }
    }
    try AtomicFile.write(table.csv, to: run.file("layouts/quality.csv"))
    let classes = try Self.sampleClasses(samples, settings)?.map { samples.classes[$0] }
    try AtomicFile.write(
      ResultTable.json([
        "layouts": table.objects, "sample_classes": classes ?? samples.classes,
        "settings": Dictionary(uniqueKeysWithValues: settings.canonicalSettings),
      ]), to: run.file("layouts/quality.json"))
  }

  private func writeOwn(
    _ levels: [Matrix<Float>], _ scope: Scope, _ recipe: LayoutRecipe, control: ComputationControl,
    to table: inout ResultTable
  ) throws {
    var clean: Representation?
    for (condition, points) in zip(conditions, levels) {
      var given = points
      let layout = try analyzing(run.embeddingsFile(condition)) {
        try recipe.layout(of: &given, control: control)
      }
      var positions = layout.positions
      var disparity: Double?
      if condition == .clean {
        clean = try Representation(positions)
      } else if let clean {
        let alignment = try ProcrustesAlignment(of: Representation(positions), onto: clean)
        positions = try alignment.applied(to: positions)
        disparity = alignment.disparity
      }
      try write(positions, scope, recipe, frame: "own", condition)
      try append(
        Fit(condition: condition, positions: positions, layout: layout, disparity: disparity),
        points, scope, recipe, frame: "own", control: control, to: &table)
    }
  }

  private func writeJoint(
    _ levels: [Matrix<Float>], _ scope: Scope, _ recipe: LayoutRecipe, control: ComputationControl,
    to table: inout ResultTable
  ) throws {
    let count = scope.rows.count
    var points = Matrix(
      rows: count * levels.count, columns: levels[0].columns, values: levels.flatMap(\.values))
    let layout = try analyzing(run.file("embeddings")) {
      try recipe.layout(of: &points, control: control)
    }
    for (index, condition) in conditions.enumerated() {
      let positions = layout.positions.selectingRows(index * count..<(index + 1) * count)
      try write(positions, scope, recipe, frame: "joint", condition)
      try append(
        Fit(condition: condition, positions: positions, layout: layout, disparity: nil),
        levels[index], scope, recipe, frame: "joint", control: control, to: &table)
    }
  }

  private func write(
    _ positions: Matrix<Float>, _ scope: Scope, _ recipe: LayoutRecipe, frame: String,
    _ condition: Condition
  ) throws {
    let suffix = scope.suffix + (frame == "joint" ? "-joint" : "")
    try AtomicFile.write(
      LayoutTable.csv(positions, rows: scope.rows),
      to: run.file("layouts/\(recipe.method)\(suffix)-\(condition.name).csv"))
  }

  // MARK: Quality

  private struct Fit {
    let condition: Condition
    let positions: Matrix<Float>
    let layout: LayoutRecipe.Layout
    let disparity: Double?
  }

  private static let columns =
    ["method", "frame", "scope"] + Condition.tableColumns + [
      "points", "trustworthiness", "continuity", "recall", "silhouette", "sampled_rows", "kl",
      "disparity", "notes",
    ]

  private func append(
    _ fit: Fit, _ points: Matrix<Float>, _ scope: Scope, _ recipe: LayoutRecipe, frame: String,
    control: ComputationControl, to table: inout ResultTable
  ) throws {
    let quality = try analyzing(run.embeddingsFile(fit.condition)) {
      try LayoutQuality(
        of: fit.positions, original: points, metric: recipe.resolvedMetric,
        classes: scope.rows.map { samples.labels[$0] }, control: control)
    }
    table.append(
      [.text(recipe.method.rawValue), .text(frame), .text(scope.name)] + fit.condition.tableValues
        + [
          .count(points.rows), .init(quality.trustworthiness), .init(quality.continuity),
          .init(quality.recall), .init(quality.silhouette),
          .count(quality.sampledRows),
          .init(fit.layout.klDivergence), .init(fit.disparity),
          fit.layout.notes.isEmpty ? .missing : .text(fit.layout.notes.joined(separator: "; ")),
        ])
  }
}
