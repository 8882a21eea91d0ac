import Analyses
import Files
import LinearAlgebra
package import Runs

/// What zero-shot classification makes of images under every condition.
package struct ZeroShotScores: Sendable {
  /// The images.
  package let samples: SampleTable
  /// The temperature of scaled scores; nil where none is fitted.
  package let temperature: Double?
  /// Their scores, a condition after the other.
  package let conditions: [ConditionScores]

  /// Classifies some of a run's images.
  ///
  /// Temperatures are fitted on the clean condition, of which all images count.
  ///
  /// - Parameters:
  ///   - context: The run, which has embeddings of the classes.
  ///   - rows: The images.
  ///   - classes: The embeddings of the classes, [classes, dimension], unit rows.
  /// - Throws: `FileError` naming embeddings that do not fit those of the classes; `RunError.interrupted`.
  init(_ context: RunContext, rows: [Int], classes: Matrix<Float>) throws {
    let (all, settings) = (context.samples, context.analyses[StatisticsAnalysis.self])
    guard let logitScale = context.logitScale else {
      preconditionFailure("a run without embeddings of the classes")
    }
    let samples = all.selecting(rows)
    func images(_ condition: Condition) throws -> Matrix<Float> {
      try Interruption.check()
      let images = try context.unitRows(condition)
      guard images.columns == classes.columns else {
        throw FileError(
          context.file(condition),
          "has \(images.columns) columns; the text embeddings have "
            + "\(classes.columns): both must come from one model")
      }
      return images
    }
    var temperatures: FittedTemperatures?
    if context.conditions.contains(.clean) {
      let result = ZeroShotResult(
        images: try images(.clean), classes: classes, labels: all.labels, logitScale: logitScale)
      temperatures = try FittedTemperatures(
        logits: result.logits, samples: all, rows: rows, settings: settings)
    }
    conditions = try context.conditions.map { condition in
      let result = ZeroShotResult(
        images: try images(condition).selectingRows(rows), classes: classes,
        labels: samples.labels, logitScale: logitScale)
      return ConditionScores(
        condition, result, labels: samples.labels, temperatures: temperatures)
    }
    self.samples = samples
    temperature = temperatures?.mean
  }

  /// Those of a condition; nil when there is no such condition.
  package func condition(_ condition: Condition) -> ConditionScores? {
    conditions.first { $0.condition == condition }
  }
}
