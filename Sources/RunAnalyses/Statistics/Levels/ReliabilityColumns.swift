public import Runs

/// The columns of `reliability.csv`.
public enum ReliabilityColumns {
  public static let scaled = Column<Bool>(
    "scaled", "Whether logits were divided by the fitted temperature.")
  public static let low = Column<Double>("bin_low", "The least confidence of the bin.")
  public static let high = Column<Double>("bin_high", "Its largest confidence.")
  public static let count = Column<Int>("count", "How many images fall into the bin.")
  public static let confidence = Column<Double?>(
    "confidence", "Their mean confidence; empty where there are none.")
  public static let accuracy = Column<Double?>(
    "accuracy", "The share of them that are right; empty where there are none.")

  /// The file.
  public static let file = RunFile(
    "reliability.csv",
    "The reliability diagram of every level in 15 bins of equal width, before and after scaling.",
    columns: [
      ConditionColumns.noise, ConditionColumns.level, scaled, low, high, count, confidence,
      accuracy,
    ])
}
