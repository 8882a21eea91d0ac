package import Runs

/// Zero-shot accuracy: tables, predictions, confusion.
package struct ZeroShotAnalysis: RunAnalysis {
  package static let name = "zeroshot"
  package static let summary = "zero-shot accuracy and calibration"
  package static let version = 2
  package static let withoutClean: String? =
    "the temperature of calibrated confidences, which is fitted to the clean images"
  package static let files = [
    RunDirectory.classEmbeddings, AccuracyColumns.file, AccuracyColumns.markdown,
    AccuracyColumns.latex,
    PredictionColumns.file, ConfusionColumns.file, ConfusionPairColumns.file,
  ]

  package static let readSettings = [StatisticsAnalysis.name: ["replicates", "seed", "folds"]]

  package let settings: NoSettings

  package init(_ settings: NoSettings) { self.settings = settings }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    guard let classification = ZeroShotClassification(context) else { return [] }
    return try context.conditions.map(classification.accuracy)
  }

  package func write(_ context: RunContext) throws -> String {
    try ZeroShotClassification(context)?.write(to: context.run) ?? ""
  }
}
