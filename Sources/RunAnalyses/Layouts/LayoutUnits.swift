import Analyses
import Files
import LinearAlgebra
import Runs

/// The units of work of a run's layouts, and what each reads: of the settings, only those of its method.
///
/// Each condition has a layout of its own, moved onto the clean one by a rotation, a reflection and a
/// translation, which change no distance; and all conditions have one together, in which the movement
/// of a point from level to level can be seen.
struct LayoutUnits: Sendable {
  private let analysis: LayoutsAnalysis
  private let context: RunContext
  let scopes: [LayoutScope]

  /// - Throws: `FileError` for a class of the sample that is not there.
  init(_ analysis: LayoutsAnalysis, _ context: RunContext) throws {
    self.analysis = analysis
    self.context = context
    scopes = try LayoutScope.all(of: context.samples, settings: analysis.settings)
  }

  /// A method's layouts of the images of a scope, each condition's by itself or all in one fit.
  struct Series: Sendable {
    let scope: LayoutScope
    let recipe: LayoutRecipe
    let isJoint: Bool

    fileprivate var name: String { "\(recipe.method.rawValue) of \(scope.name)" }
  }

  /// All series, in the order of the tables.
  var series: [Series] {
    // Joint layouts when there is something to join.
    let frames =
      analysis.settings.isJoint && context.conditions.count > 1 ? [false, true] : [false]
    return scopes.flatMap { scope in
      analysis.settings.recipes.flatMap { recipe in
        frames.map { Series(scope: scope, recipe: recipe, isJoint: $0) }
      }
    }
  }

  /// All units, each behind those that it reads.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged.
  func all() throws -> [any UnitOfWork] {
    try series.flatMap { series -> [any UnitOfWork] in
      let layouts =
        try series.isJoint ? [joint(series)] : context.conditions.map { try own(series, $0) }
      return try layouts + context.conditions.map { try shown(series, $0) }
    }
  }

  /// The positions of a condition's images, as they are shown.
  func positions(_ series: Series, _ condition: Condition) throws -> Matrix<Float> {
    try value(shown(series, condition)).positions(layout(series, condition))
  }

  /// The row of `layouts/quality.csv`.
  func row(_ series: Series, _ condition: Condition) throws -> [TableCell] {
    typealias Columns = LayoutQualityColumns
    let layout = try value(series.isJoint ? joint(series) : own(series, condition))
    let shown = try value(shown(series, condition))
    let quality = shown.quality
    return [
      Columns.method(series.recipe.method.rawValue),
      Columns.frame(Columns.frameName(isJoint: series.isJoint)),
      Columns.scope(series.scope.name),
    ] + condition.cells + [
      Columns.points(series.scope.rows.count), Columns.trustworthiness(quality.trustworthiness),
      Columns.continuity(quality.continuity), Columns.recall(quality.recall),
      Columns.silhouette(quality.silhouette), Columns.neighbors(quality.neighborCount),
      Columns.sampledRows(quality.sampledRows), Columns.divergence(layout.divergence),
      Columns.disparity(shown.disparity),
      Columns.notes(layout.notes.isEmpty ? nil : layout.notes.joined(separator: "; ")),
    ]
  }

  // MARK: Units

  private func value<Value>(_ unit: CachedUnit<Value>) throws -> Value {
    try context.store.value(unit)
  }

  private func unit<Value>(
    _ name: String, _ series: Series, reads: [Digest],
    work: @autoclosure @escaping @Sendable () -> Work,
    _ compute: @escaping @Sendable () throws -> Value
  ) -> CachedUnit<Value> {
    CachedUnit(
      analysis.key(
        name, settings: series.recipe.method.settings, reads: reads + series.scope.reads),
      work: work(), compute)
  }

  /// The layout of a condition by itself, where the method left it.
  private func own(_ series: Series, _ condition: Condition) throws -> CachedUnit<LaidOutPoints> {
    unit(
      "\(series.name) \(condition.name)", series, reads: [try context.digest(condition)],
      work: series.recipe.work(points: series.scope.rows.count, dimension: context.dimension)
    ) { [self] in
      try laidOut(series, file: context.file(condition)) { try points(series, condition) }
    }
  }

  /// The layout of all conditions together.
  private func joint(_ series: Series) throws -> CachedUnit<LaidOutPoints> {
    unit(
      "\(series.name) together", series, reads: try context.conditions.map(context.digest),
      work: series.recipe.work(
        points: series.scope.rows.count * context.conditions.count, dimension: context.dimension)
    ) { [self] in
      try laidOut(series, file: context.run.file("embeddings")) {
        let levels = try context.conditions.map { try points(series, $0) }
        return Matrix(
          rows: levels[0].rows * levels.count, columns: levels[0].columns,
          values: levels.flatMap(\.values))
      }
    }
  }

  private func laidOut(
    _ series: Series, file: String, _ points: () throws -> Matrix<Float>
  ) throws -> LaidOutPoints {
    var points = try points()
    return try analyzing(file) {
      try LaidOutPoints(
        series.recipe.layout(of: &points, control: .interruptible(isQuiet: context.isQuiet)))
    }
  }

  /// A condition's layout as it is shown: moved onto the clean one if it is its own, and measured.
  private func shown(_ series: Series, _ condition: Condition) throws -> CachedUnit<ShownLayout> {
    let isMoved =
      !series.isJoint && condition != .clean && context.conditions.contains(.clean)
    let layouts =
      try series.isJoint
      ? [joint(series)] : (isMoved ? [.clean, condition] : [condition]).map { try own(series, $0) }
    return unit(
      "\(series.name) shown\(series.isJoint ? " together" : "") \(condition.name)", series,
      reads: layouts.map(\.key.digest) + [try context.digest(condition), context.sampleDigest],
      work: LayoutRecipe.measuring(points: series.scope.rows.count)
    ) { [self] in
      let original = try points(series, condition)
      let positions = try layout(series, condition)
      let frame: ShownLayout.Frame =
        series.isJoint ? .joint : .own(clean: isMoved ? try layout(series, .clean) : nil)
      let labels = series.scope.rows.map { context.samples.labels[$0] }
      return try analyzing(context.file(condition)) {
        try ShownLayout(
          positions, in: frame, original: original, metric: series.recipe.resolvedMetric,
          // Classes of one image each have no silhouette.
          labels: Set(labels).count < labels.count ? labels : nil,
          control: .interruptible(isQuiet: context.isQuiet))
      }
    }
  }

  /// The positions of a condition's images where the method left them.
  private func layout(_ series: Series, _ condition: Condition) throws -> Matrix<Float> {
    guard series.isJoint else { return try value(own(series, condition)).positions }
    guard let index = context.conditions.firstIndex(of: condition) else {
      preconditionFailure("\(condition.name) is no condition of the run")
    }
    let count = series.scope.rows.count
    return try value(joint(series)).positions.selectingRows(index * count..<(index + 1) * count)
  }

  /// The embeddings that are laid out.
  private func points(_ series: Series, _ condition: Condition) throws -> Matrix<Float> {
    let all = try context.embeddings(condition)
    return series.scope.classes == nil ? all : all.selectingRows(series.scope.rows)
  }
}
