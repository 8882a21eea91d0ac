/// How the cosines of pairs are distributed: the table of `topoclip similarity`.
package enum SimilarityColumns {
  package static let input = Column<String>("input", "The input.")
  package static let low = Column<Double>("low", "The bin's lower end.")
  package static let high = Column<Double>("high", "Its upper end.")
  package static let count = Column<Int>("count", "The pairs whose cosine lies in it.")
  package static let share = Column<Double?>("share", "Their share of all pairs.")

  package static let file = RunFile(
    "similarity.csv", "The cosines of pairs in bins.", columns: [input, low, high, count, share])
}

/// The same in a line an input.
package enum SimilaritySummaryColumns {
  package static let input = Column<String>("input", "The input.")
  package static let rows = Column<Int>("rows", "Its rows.")
  package static let pairs = Column<Int>("pairs", "The pairs of rows that differ.")
  package static let duplicates = Column<Int>(
    "duplicates", "The pairs of equal rows, which are left out.")
  package static let mean = Column<Double>("mean", "The mean cosine.")
  package static let deviation = Column<Double?>("standard_deviation", "Its standard deviation.")
  package static let minimum = Column<Double>("minimum", "The least.")
  package static let maximum = Column<Double>("maximum", "The largest.")

  package static let file = RunFile(
    "similarity-summary.csv", "The cosines of pairs in numbers.",
    columns: [input, rows, pairs, duplicates, mean, deviation, minimum, maximum])
}
