import Runs

/// How the cosines of pairs are distributed: the table of `topoclip similarity`.
enum SimilarityColumns {
  static let input = Column<String>("input", "The input.")
  static let low = Column<Double>("low", "The bin's lower end.")
  static let high = Column<Double>("high", "Its upper end.")
  static let count = Column<Int>("count", "The pairs whose cosine lies in it.")
  static let share = Column<Double?>("share", "Their share of all pairs.")

  static let file = RunFile(
    "similarity.csv", "The cosines of pairs in bins.", columns: [input, low, high, count, share])
}

/// The same in a line an input.
enum SimilaritySummaryColumns {
  static let input = Column<String>("input", "The input.")
  static let rows = Column<Int>("rows", "Its rows.")
  static let pairs = Column<Int>("pairs", "The pairs of rows that differ.")
  static let duplicates = Column<Int>("duplicates", "The pairs of equal rows, which are left out.")
  static let mean = Column<Double>("mean", "The mean cosine.")
  static let deviation = Column<Double?>("standard_deviation", "Its standard deviation.")
  static let minimum = Column<Double>("minimum", "The least.")
  static let maximum = Column<Double>("maximum", "The largest.")

  static let file = RunFile(
    "similarity-summary.csv", "The cosines of pairs in numbers.",
    columns: [input, rows, pairs, duplicates, mean, deviation, minimum, maximum])
}
