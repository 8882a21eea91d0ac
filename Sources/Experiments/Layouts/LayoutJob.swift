import Analyses
import Files
import LinearAlgebra

/// The layout of a file's points, as `topoclip layout` makes it.
public struct LayoutJob: Sendable {
  let input: String
  let recipe: LayoutRecipe
  let labels: String?
  let newPoints: String?
  let measuresQuality: Bool
  let isQuiet: Bool

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
  /// - Throws: `FileError` naming the file for bad input; `ExperimentError.interrupted`.
  public func run() throws -> Result {
    let progress = StageProgress(isQuiet: isQuiet)
    let control = ComputationControl(
      isCancelled: { Interruption.isRequested },
      report: { progress.report(stage: $0, done: $1, total: $2) })
    do {
      return try run(control: control)
    } catch AnalysisError.cancelled {
      throw ExperimentError.interrupted(finished: 0, of: 0)
    } catch let error as AnalysisError {
      throw FileError(input, "\(error)")
    }
  }
}
