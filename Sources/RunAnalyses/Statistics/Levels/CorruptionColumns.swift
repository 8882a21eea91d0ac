package import Runs

/// The columns of `corruption.csv`.
package enum CorruptionColumns {
  package static let levels = Column<String>(
    "levels", "Its levels, with a space between them.")
  package static let baseline = Column<String?>(
    "baseline", "What errors are relative to: a run directory or the control; empty for nothing.")
  package static let meanError = Column<Double>(
    "mean_error", in: 0...1,
    "The mean over levels of the top-1 error, each the mean over its seeds.")
  package static let corruptionError = Column<Double?>(
    "corruption_error", in: 0...(.infinity),
    "The sum of the errors over that of the baseline's; empty without a baseline and where it lacks a level."
  )
  package static let relativeCorruptionError = Column<Double?>(
    "relative_corruption_error", in: -(.infinity)...(.infinity),
    "The same of the errors less that of the clean images; empty also where the baseline has learnt nothing."
  )

  /// The file.
  package static let file = RunFile(
    "corruption.csv", "The corruption errors of every kind of noise, beside a baseline's.",
    columns: [
      ConditionColumns.noise, levels, baseline, meanError, corruptionError,
      relativeCorruptionError,
    ])
}
