import Runs

/// Columns that figures draw where a table has them, until their analyses declare them.
enum AwaitedColumns {
  // distances.csv
  static let halvesLow = Column<Double?>("between_halves_low", in: 0...(.infinity), "")
  static let halvesHigh = Column<Double?>("between_halves_high", in: 0...(.infinity), "")

  // link.csv, partial.csv
  static let family = Column<String?>("family", "")
  static let adjusted = Column<Double?>("p_adjusted", in: 0...1, "")
  static let detectable = Column<Double?>("detectable", in: 0...1, "")
  static let measure = Column<String>("measure", "")
  static let estimate = Column<Double?>("estimate", in: -1...1, "")
  static let low = Column<Double?>("low", in: -1...1, "")
  static let high = Column<Double?>("high", in: -1...1, "")
  static let noise = Column<String>("noise", "")
  static let note = Column<String?>("note", "")
  static let partial = RunFile(
    "partial.csv", "", columns: [noise, measure, estimate, low, high, adjusted, note])

  // added.csv
  static let references = Column<Double?>("r2_references", in: -(.infinity)...(.infinity), "")
  static let whole = Column<Double?>("r2", in: -(.infinity)...(.infinity), "")
  static let p = Column<Double?>("p", in: 0...1, "")
  static let added = RunFile("added.csv", "", columns: [noise, references, whole, p, note])

  // failure_scores.csv
  static let level = Column<Double?>("level", in: 0..., "")
  static let event = Column<String>("event", "")
  static let signal = Column<String>("signal", "")
  static let needsClean = Column<String>("needs_clean", "")
  static let area = Column<Double?>("auroc", in: 0...1, "")
  static let areaLow = Column<Double?>("auroc_low", in: 0...1, "")
  static let areaHigh = Column<Double?>("auroc_high", in: 0...1, "")
  static let failureScores = RunFile(
    "failure_scores.csv", "",
    columns: [
      noise, level, event, signal, needsClean, area, areaLow, areaHigh, adjusted, note,
    ])
}
