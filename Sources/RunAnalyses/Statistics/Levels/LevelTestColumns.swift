public import Runs

/// The columns of `level_tests.csv`.
public enum LevelTestColumns {
  public static let firstNoise = Column<String>(
    "noise_a", "The kind of noise of the first level; none for the clean images.")
  public static let firstLevel = Column<Double>("level_a", "The first level, the lower one.")
  public static let secondNoise = Column<String>(
    "noise_b", "The kind of noise of the second level.")
  public static let secondLevel = Column<Double>("level_b", "The second level.")
  public static let count = Column<Int>("count", "How many images there are.")
  public static let difference = EstimateColumns<Double>(
    "difference",
    "The top-1 accuracy of the first level less that of the second, the mean over images of the "
      + "difference of the shares of seeds under which they are right.")
  public static let differing = Column<Int>(
    "differing", "How many images have a difference other than 0.")
  public static let method = Column<String>(
    "method",
    "How the signs of the differences are gone through: binomial (McNemar's exact test), exact, or random."
  )
  public static let p = Column<Double>(
    "p", "The two-sided p-value of the paired permutation test.")
  public static let adjusted = Column<Double>(
    "p_holm", "p corrected for the number of rows (Holm).")

  /// The file.
  public static let file = RunFile(
    "level_tests.csv",
    "Every two levels of a kind of noise, the clean images among them, compared on the same images.",
    columns: [firstNoise, firstLevel, secondNoise, secondLevel, count, difference.estimate]
      + difference.interval + [differing, method, p, adjusted])
}
