import Analyses
import Files
import LinearAlgebra
package import RunAnalyses
import Runs

/// The layout of a file's points, as `topoclip layout` makes it.
package struct LayoutJob: Job, Sendable {
  private let input: String
  private let method: LayoutMethod
  private let settings: KeyValuePairs<String, String?>
  private let labels: String?
  private let newPoints: String?
  private let quality: String?
  private let transformed: String?
  private let output: String?
  private let isQuiet: Bool

  /// Settings that one method alone has.
  private static let methods: [String: LayoutMethod] = [
    "perplexity": .tsne, "iterations": .tsne, "early-exaggeration": .tsne, "learning-rate": .tsne,
    "neighbors": .umap, "min-dist": .umap, "epochs": .umap, "transform": .umap,
  ]

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - input: The points' file.
  ///   - method: The method.
  ///   - settings: The texts of its settings by their names, the keys of `layouts` in an experiment; nil for those
  ///     not given.
  ///   - labels: A CSV of classes for the silhouette; nil for none.
  ///   - newPoints: A file of points to put into UMAP's finished layout; nil for none.
  ///   - transformed: Where their places go.
  ///   - quality: Where it goes how far to trust the layout; nil when it is not measured.
  ///   - output: A file in place of standard output.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    input: String, method: LayoutMethod, settings: KeyValuePairs<String, String?>,
    labels: String?, newPoints: String?, transformed: String?, quality: String?, output: String?,
    isQuiet: Bool
  ) throws {
    let given = settings.filter { $0.value != nil }.map(\.key)
    for option in given + (newPoints == nil ? [] : ["transform"]) {
      if let other = Self.methods[option], other != method {
        throw OptionError("--\(option) is for --method \(other); this one is \(method)")
      }
    }
    if method == .pca, let metric = settings.first(where: { $0.key == "metric" })?.value {
      try require(
        metric == Metric.euclidean.name,
        "--metric \(metric) is not for --method pca, which is Euclidean")
    }
    try require(
      (newPoints == nil) == (transformed == nil), "--transform and --transformed go together")
    try require(
      labels == nil || quality != nil, "--labels serves the silhouette of --quality; name its file")
    try requireSeparateFiles(
      [output, quality, transformed], inputs: [input, labels, newPoints])
    self.input = input
    self.method = method
    self.settings = settings
    self.labels = labels
    self.newPoints = newPoints
    self.transformed = transformed
    self.quality = quality
    self.output = output
    self.isQuiet = isQuiet
  }

  /// Reads, lays out, measures and writes; settings that the number of points decided go to standard error.
  ///
  /// - Returns: CSV `row,x,y`; empty when it went to a file.
  /// - Throws: `RunError.setting` naming the option; `FileError` naming the file for bad input;
  ///   `CancellationError`.
  package func run() throws -> String {
    let recipe = try LayoutRecipe(method, options: settings)
    let result = try analyzing(input) { try compute(recipe) }
    for note in result.notes { announce("\(input): \(note)", isQuiet: isQuiet) }
    if let quality, let json = result.quality { try AtomicFile.write(json, to: quality) }
    if let transformed, let table = result.transformed {
      try AtomicFile.write(table, to: transformed)
    }
    return try delivered(result.table, to: output)
  }

  /// What is to be written.
  private struct Result {
    /// CSV `row,x,y`.
    let table: String
    /// The quality as a JSON object; nil unless asked for.
    let quality: String?
    /// CSV `row,x,y` of the new points; nil unless there are any.
    let transformed: String?
    /// Settings that the number of points decided.
    let notes: [String]
  }

  private func compute(_ recipe: LayoutRecipe) throws -> Result {
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    // All that can be wrong with the files is told before the work, which may take long.
    var rounded = try RoundedPoints(input, metric: recipe.resolvedMetric)
    let classes = try labels.map { try readClasses($0, rowCount: rounded.matrix.rows) }
    let queries = try newPoints.map { try readQueries($0, like: rounded) }
    var points = rounded.take()
    // The points' memory is free while the layout is made, unless they are needed afterwards.
    let kept = quality != nil || newPoints != nil ? points : nil
    let layout = try recipe.layout(of: &points, control: control)
    let measured = try kept.flatMap { kept in
      quality != nil
        ? try LayoutQuality(
          of: layout.positions, original: kept, metric: recipe.resolvedMetric, classes: classes,
          control: control) : nil
    }
    return Result(
      table: LayoutTable.csv(layout.positions),
      quality: try measured.map { try json($0, recipe, layout) },
      transformed: try queries.flatMap { queries in
        try kept.flatMap { try places(of: queries, recipe, layout, among: $0, control: control) }
      },
      notes: layout.notes)
  }

  private func json(
    _ quality: LayoutQuality, _ recipe: LayoutRecipe, _ layout: LayoutRecipe.Layout
  ) throws -> String {
    var object: [String: Any] = [
      "method": recipe.method.rawValue, "metric": recipe.resolvedMetric.name,
      "seed": recipe.seed, "trustworthiness": quality.trustworthiness,
      "continuity": quality.continuity, "neighbors": quality.neighborCount,
      "recall_10": quality.recall, "sampled_rows": quality.sampledRows,
      "points": layout.positions.rows,
    ]
    object["silhouette"] = quality.silhouette
    object["kl_divergence"] = layout.klDivergence
    return try Table.json(object)
  }

  /// The class of every row, for a silhouette.
  private func readClasses(_ path: String, rowCount: Int) throws -> [Int] {
    let table = try LabelsFile(path: path, rowCount: nil)
    table.remarks.forEach(MatrixFile.tell)
    let (names, indices) = table.indexed
    guard indices.count == rowCount else {
      throw FileError(path, "labels \(indices.count) rows; \(input) has \(rowCount)")
    }
    guard names.count > 1, names.count < rowCount else {
      throw FileError(
        path,
        "has \(names.count) classes for \(rowCount) rows; a silhouette needs two classes, and two "
          + "rows of one: leave --labels out")
    }
    return indices
  }

  private func readQueries(_ path: String, like points: RoundedPoints) throws -> Matrix<Float> {
    try points.rounding(path, of: input)
  }

  private func places(
    of queries: Matrix<Float>, _ recipe: LayoutRecipe, _ layout: LayoutRecipe.Layout,
    among points: Matrix<Float>, control: ComputationControl
  ) throws -> String? {
    guard let newPoints, let map = layout.map else { return nil }
    return try analyzing(newPoints) {
      let neighbors = try NearestNeighbors(
        of: queries, among: points, count: map.settings.neighborCount,
        metric: recipe.resolvedMetric, control: control)
      return LayoutTable.csv(try map.transform(neighbors: neighbors, control: control))
    }
  }
}
