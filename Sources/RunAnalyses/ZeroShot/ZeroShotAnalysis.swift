public import Runs

/// Zero-shot accuracy: tables, predictions, confusion.
public struct ZeroShotAnalysis: RunAnalysis {
  public static let name = "zeroshot"
  public static let summary = "zero-shot accuracy and calibration"
  public static let version = 1
  public static let files = [
    classEmbeddings, AccuracyColumns.file, AccuracyColumns.markdown, AccuracyColumns.latex,
    PredictionColumns.file, ConfusionColumns.file,
  ]

  /// The embeddings of the classes.
  public static let classEmbeddings = RunFile(
    "embeddings/text.npy",
    "The classes' text embeddings: float32, [classes, dimension], unit rows, in the order of classes.csv."
  )

  public let settings: NoSettings

  public init(_ settings: NoSettings) { self.settings = settings }

  public func units(_ context: RunContext) throws -> [any UnitOfWork] {
    guard let classification = ZeroShotClassification(context) else { return [] }
    return try context.conditions.map(classification.accuracy)
  }

  public func write(_ context: RunContext) throws -> String {
    try ZeroShotClassification(context)?.write(to: context.run) ?? ""
  }
}
