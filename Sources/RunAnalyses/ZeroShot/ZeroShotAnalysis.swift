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

  public func units(_ context: RunContext) throws -> [any UnitOfWork] { [] }

  public func write(_ context: RunContext) throws -> String {
    guard let content = try Self.content(context) else { return "" }
    return AccuracyTables.markdown(content.rows)
  }

  /// What the tables say; nil without embeddings of the classes, and where the analysis is not run.
  static func content(_ context: RunContext) throws -> AccuracyTables.Content? {
    guard let logitScale = context.logitScale, context.isChosen(Self.self) else { return nil }
    return try context.shared("accuracy") {
      try AccuracyTables(
        run: context.run, output: context.run, samples: context.samples, logitScale: logitScale,
        split: nil, settings: context.analyses[StatisticsAnalysis.self]
      ).write(conditions: context.conditions)
    }
  }
}
