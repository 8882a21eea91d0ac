package import Runs

/// The columns of `levels.csv`.
package enum LevelColumns {
  package static let seeds = Column<Int>(
    "seeds", in: 0..., "How many seeds of the noise are taken together.")
  package static let drop = EstimateColumns<Double?>(
    "drop", in: -1...1,
    "The top-1 accuracy of the clean images less that of the level; empty for the clean images.")

  /// The file.
  package static let file = RunFile(
    "levels.csv",
    "The numbers of accuracy.csv with the seeds of a level taken together, and the drop from the clean "
      + "images, a row a level.",
    columns: [ConditionColumns.noise, ConditionColumns.level, seeds, AccuracyColumns.count]
      + AccuracyColumns.statistics + [drop.estimate] + drop.interval)
}
