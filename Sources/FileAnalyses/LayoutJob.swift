import Analyses
import Files
import LinearAlgebra
public import RunAnalyses
import Runs

/// The layout of a file's points, as `topoclip layout` makes it.
public struct LayoutJob: Sendable {
  package let input: String
  package let recipe: LayoutRecipe
  package let labels: String?
  package let newPoints: String?
  package let measuresQuality: Bool
  package let isQuiet: Bool

  /// What is to be written.
  public struct Result: Sendable {
    /// CSV `row,x,y`.
    public let table: String
    /// The quality as a JSON object; nil unless asked for.
    public let quality: String?
    /// CSV `row,x,y` of the new points; nil unless there are any.
    public let transformed: String?
    /// Settings that the number of points decided.
    public let notes: [String]
  }

  /// A job over one input.
  ///
  /// - Parameters:
  ///   - input: The points' file.
  ///   - recipe: The method with its settings.
  ///   - labels: A CSV of classes for the silhouette; nil for none.
  ///   - newPoints: A file of points to put into UMAP's finished layout; nil for none.
  ///   - measuresQuality: Whether to measure how far to trust the layout.
  ///   - isQuiet: Whether to say nothing on standard error.
  public init(
    input: String, recipe: LayoutRecipe, labels: String?, newPoints: String?,
    measuresQuality: Bool, isQuiet: Bool
  ) {
    self.input = input
    self.recipe = recipe
    self.labels = labels
    self.newPoints = newPoints
    self.measuresQuality = measuresQuality
    self.isQuiet = isQuiet
  }

  /// Reads, lays out and measures.
  ///
  /// - Returns: The texts to write.
  /// - Throws: `FileError` naming the file for bad input; `RunError.interrupted`.
  public func run() throws -> Result {
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    return try analyzing(input) { try run(control: control) }
  }

  private func run(control: ComputationControl) throws -> Result {
    // All that can be wrong with the files is told before the work, which may take long.
    var points = try MatrixFile.readFloats(input)
    let classes = try labels.map { try readClasses($0, rowCount: points.rows) }
    let queries = try newPoints.map { try readQueries($0, columns: points.columns) }
    // The points' memory is free while the layout is made, unless they are needed afterwards.
    let kept = measuresQuality || newPoints != nil ? points : nil
    let layout = try recipe.layout(of: &points, control: control)
    let quality = try kept.flatMap { kept in
      measuresQuality
        ? try LayoutQuality(
          of: layout.positions, original: kept, metric: recipe.resolvedMetric, classes: classes,
          control: control) : nil
    }
    return Result(
      table: LayoutTable.csv(layout.positions),
      quality: try quality.map { try json($0, layout) },
      transformed: try queries.flatMap { queries in
        try kept.flatMap { try transformed(queries, layout, among: $0, control: control) }
      },
      notes: layout.notes)
  }

  private func json(_ quality: LayoutQuality, _ layout: LayoutRecipe.Layout) throws -> String {
    var object: [String: Any] = [
      "method": recipe.method.rawValue, "metric": recipe.resolvedMetric.rawValue,
      "seed": recipe.seed, "trustworthiness": quality.trustworthiness,
      "continuity": quality.continuity, "neighbors": quality.neighborCount,
      "recall_10": quality.recall, "sampled_rows": quality.sampledRows,
      "points": layout.positions.rows,
    ]
    object["silhouette"] = quality.silhouette
    object["kl_divergence"] = layout.klDivergence
    return try ResultTable.json(object)
  }

  /// The class of every row, for a silhouette.
  private func readClasses(_ path: String, rowCount: Int) throws -> [Int] {
    let (names, indices) = try LabelsFile(path: path, rowCount: nil).indexed
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

  private func readQueries(_ path: String, columns: Int) throws -> Matrix<Float> {
    let queries = try MatrixFile.readFloats(path)
    guard queries.columns == columns else {
      throw FileError(path, "has \(queries.columns) columns; \(input) has \(columns)")
    }
    return queries
  }

  private func transformed(
    _ queries: Matrix<Float>, _ layout: LayoutRecipe.Layout, among points: Matrix<Float>,
    control: ComputationControl
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
