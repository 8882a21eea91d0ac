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
    let samples = rows.count == all.labels.count ? all : all.selecting(rows)
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
      let clean = try images(.clean)
      func logits(_ images: Matrix<Float>) -> Matrix<Double> {
        ZeroShotResult.logits(images: images, classes: classes, logitScale: logitScale)
      }
      // One product, whichever rows are asked for, where it is not too large: the same numbers for any part.
      let isSmall = clean.rows <= ZeroShotResult.mostLogits / max(classes.rows, 1)
      let whole = isSmall ? logits(clean) : nil
      temperatures = try FittedTemperatures(samples: all, rows: rows, settings: settings) {
        whole?.selectingRows($0) ?? logits(clean.selectingRows($0))
      }
    }
    let isWhole = rows.count == all.labels.count
    conditions = try context.conditions.map { condition in
      let rowsOfImages = try images(condition)
      let result = try ZeroShotResult(
        calibrating: isWhole ? rowsOfImages : rowsOfImages.selectingRows(rows), classes: classes,
        labels: samples.labels, logitScale: logitScale, temperatures: temperatures?.temperatures,
        control: .interruptible(isQuiet: context.isQuiet))
      return ConditionScores(condition, result, temperatures: temperatures)
    }
    self.samples = samples
    temperature = temperatures?.mean
  }

  /// Those of a condition; nil when there is no such condition.
  package func condition(_ condition: Condition) -> ConditionScores? {
    conditions.first { $0.condition == condition }
  }
}
