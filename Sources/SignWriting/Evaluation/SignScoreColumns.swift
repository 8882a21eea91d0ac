package import Runs

/// The table of `topoclip signwriting evaluate`.
package enum SignScoreColumns {
  package static let index = Column<String>(
    "index", "The line, from 0; corpus for the score of all.")
  package static let metric = Column<String>("metric", "The metric.")
  package static let score = Column<Double>(
    "score", in: -1...1, "Its value: of a line that of the best reference.")

  package static let file = RunFile(
    "sign-scores.csv", "How right written signs are.", columns: [index, metric, score])
}
