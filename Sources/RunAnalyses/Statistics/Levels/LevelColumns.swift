package import Runs

/// The columns of `levels.csv`.
package enum LevelColumns {
  package static let seeds = Column<Int>(
    "seeds", in: 0..., "How many seeds of the noise are taken together.")
  package static let drop = EstimateColumns<Double?>(
    "drop", in: -1...1,
    "The top-1 accuracy of the clean images less that of the level; empty for the clean images.")
  package static let seedsNote = Column<String?>(
    "seeds_note",
    "What the number of seeds does to intervals; empty of five and more, and where noise has no seed."
  )

  /// The file.
  package static let file = RunFile(
    "levels.csv",
    "The numbers of accuracy.csv with the seeds of a level taken together, and the drop from the clean "
      + "images, a row a level.",
    columns: [ConditionColumns.noise, ConditionColumns.level, seeds, AccuracyColumns.count]
      + AccuracyColumns.statistics + [drop.estimate] + drop.interval + [seedsNote])
  /// The main columns for a paper.
  package static let latex = RunFile(
    "levels.tex",
    "The main columns of levels.csv with their intervals as a booktabs table in LaTeX, to four digits."
  )
}
