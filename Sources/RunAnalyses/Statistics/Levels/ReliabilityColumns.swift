package import Runs

/// The columns of `reliability.csv`.
package enum ReliabilityColumns {
  package static let scaled = Column<Bool>(
    "scaled", "Whether logits were divided by the fitted temperature.")
  package static let low = Column<Double>("bin_low", "The least confidence of the bin.")
  package static let high = Column<Double>("bin_high", "Its largest confidence.")
  package static let count = Column<Int>("count", "How many images fall into the bin.")
  package static let confidence = Column<Double?>(
    "confidence", "Their mean confidence; empty where there are none.")
  package static let accuracy = Column<Double?>(
    "accuracy", "The share of them that are right; empty where there are none.")

  /// The file.
  package static let file = RunFile(
    "reliability.csv",
    "The reliability diagram of every level in 15 bins of equal width, before and after scaling.",
    columns: [
      ConditionColumns.noise, ConditionColumns.level, scaled, low, high, count, confidence,
      accuracy,
    ])
}
