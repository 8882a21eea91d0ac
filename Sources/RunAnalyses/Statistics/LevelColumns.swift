public import Runs

/// The columns of `levels.csv`.
public enum LevelColumns {
  public static let seeds = Column<Int>("seeds", "How many seeds of the noise are taken together.")
  public static let drop = EstimateColumns<Double?>(
    "drop",
    "The top-1 accuracy of the clean images less that of the level; empty for the clean images.")

  /// The file.
  public static let file = RunFile(
    "levels.csv",
    "The numbers of accuracy.csv with the seeds of a level taken together, and the drop from the clean "
      + "images, a row a level.",
    columns: [ConditionColumns.noise, ConditionColumns.level, seeds, AccuracyColumns.count]
      + AccuracyColumns.statistics + [drop.estimate] + drop.interval)
}

/// The columns of `groups.csv`.
public enum GroupColumns {
  public static let group = Column<String>("group", "The group's name in the configuration.")
  public static let classes = Column<Int>("classes", "How many of its classes have images.")
  public static let count = Column<Int>("count", "How many images the group has.")

  /// The file.
  public static let file = RunFile(
    "groups.csv",
    "The accuracy of every group of classes by itself, a row a group and level; an image may still be "
      + "taken for a class of another group.",
    columns: [group, ConditionColumns.noise, ConditionColumns.level, LevelColumns.seeds]
      + [classes, count, AccuracyColumns.top1.estimate] + AccuracyColumns.top1.interval
      + [AccuracyColumns.meanPerClass.estimate] + AccuracyColumns.meanPerClass.interval)
}

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

/// The columns of `reliability.csv`.
public enum ReliabilityColumns {
  public static let scaled = Column<Bool>(
    "scaled", "Whether logits were divided by the fitted temperature.")
  public static let low = Column<Double>("bin_low", "The least confidence of the bin.")
  public static let high = Column<Double>("bin_high", "Its largest confidence.")
  public static let count = Column<Int>("count", "How many images fall into the bin.")
  public static let confidence = Column<Double?>(
    "confidence", "Their mean confidence; empty where there are none.")
  public static let accuracy = Column<Double?>(
    "accuracy", "The share of them that are right; empty where there are none.")

  /// The file.
  public static let file = RunFile(
    "reliability.csv",
    "The reliability diagram of every level in 15 bins of equal width, before and after scaling.",
    columns: [
      ConditionColumns.noise, ConditionColumns.level, scaled, low, high, count, confidence,
      accuracy,
    ])
}
