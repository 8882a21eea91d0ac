package import Runs

/// The columns of `level_tests.csv`.
package enum LevelTestColumns {
  package static let firstNoise = Column<String>(
    "noise_a", "The kind of noise of the first level; none for the clean images.")
  package static let firstLevel = Column<Double>(
    "level_a", in: 0..., "The first level, the lower one.")
  package static let secondNoise = Column<String>(
    "noise_b", "The kind of noise of the second level.")
  package static let secondLevel = Column<Double>("level_b", in: 0..., "The second level.")
  package static let count = Column<Int>("count", in: 0..., "How many images there are.")
  package static let difference = EstimateColumns<Double>(
    "difference", in: -1...1,
    "The top-1 accuracy of the first level less that of the second, the mean over images of the "
      + "difference of the shares of seeds under which they are right.")
  package static let differing = Column<Int>(
    "differing", in: 0..., "How many images have a difference other than 0.")
  package static let method = Column<String>(
    "method",
    "How the signs of the differences are gone through: binomial (McNemar's exact test), exact, or random."
  )
  package static let p = Column<Double>(
    "p", in: 0...1, "The two-sided p-value of the paired permutation test, for these seeds.")
  package static let adjusted = Column<Double>(
    "p_holm", in: 0...1, "p corrected for the number of rows (Holm).")

  /// The file.
  package static let file = RunFile(
    "level_tests.csv",
    "Every two levels of a kind of noise, the clean images among them, compared on the same images.",
    columns: [firstNoise, firstLevel, secondNoise, secondLevel, count, difference.estimate]
      + difference.interval + [differing, method, p, adjusted])
}
