package import Runs

/// The columns of `reliability.csv`.
package enum ReliabilityColumns {
  package static let scaled = Column<Bool>(
    "scaled", "Whether logits were divided by the fitted temperature.")
  package static let low = Column<Double>("bin_low", in: 0...1, "The least confidence of the bin.")
  package static let high = Column<Double>("bin_high", in: 0...1, "Its largest confidence.")
  package static let count = Column<Int>("count", in: 0..., "How many images fall into the bin.")
  package static let confidence = Column<Double?>(
    "confidence", in: 0...1, "Their mean confidence; empty where there are none.")
  package static let accuracy = Column<Double?>(
    "accuracy", in: 0...1, "The share of them that are right; empty where there are none.")

  /// The file.
  package static let file = RunFile(
    "reliability.csv",
    "The reliability diagram of every level in 15 bins of equal width, before and after scaling.",
    columns: [
      ConditionColumns.noise, ConditionColumns.level, scaled, low, high, count, confidence,
      accuracy,
    ])
}
