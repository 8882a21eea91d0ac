package import Runs

/// The columns of `link.csv`.
package enum TrackingColumns {
  package static let group = Column<String?>(
    "group", "The group of classes that are ranked; empty for all classes.")
  package static let scope = Column<String>(
    "scope",
    "within: ranks within each level, the mean over levels; level: those of one level; relative: as within, "
      + "of the drop as a share of the clean accuracy; pooled: all levels in one order.")
  package static let level = Column<Double?>(
    "level", in: 0..., "The level of the noise where the scope is level; else empty.")
  package static let measure = Column<String>(
    "measure",
    "What is correlated with the drop of accuracy: a column of changes.csv, or class_size, which is its count."
  )
  package static let statistic = Column<String>(
    "statistic", "spearman: Spearman's ρ; kendall: Kendall's τ-b.")
  package static let family = Column<String>(
    "family",
    "primary: a measure named beforehand; further: another measure; reference: what a measure has to be better than, "
      + "no test; none: a check, no test.")
  package static let estimate = Column<Double>("estimate", in: -1...1, "The rank correlation.")
  package static let low = Column<Double?>(
    "low", in: -1...1,
    "The lower end of its 95 % interval, by leaving out one class after the other (jackknife of artanh, Student's t); "
      + "empty where note says why.")
  package static let high = Column<Double?>("high", in: -1...1, "The upper end.")
  package static let p = Column<Double>(
    "p", in: 0...1,
    "The two-sided p-value: the share of permutations of classes, as wholes, with a correlation as large in size."
  )
  package static let adjusted = Column<Double?>(
    "p_adjusted", in: 0...1,
    "p adjusted by the largest correlation in size of the same permutations (step-down, Westfall and Young) for the "
      + "measures of the family, and levels, of the group, noise, scope and statistic; empty where nothing is tested, "
      + "or no p could pass.")
  package static let holm = Column<Double?>(
    "p_holm", in: 0...1, "The same adjusted by Holm's method; empty where no p could pass it.")
  package static let joint = Column<Double?>(
    "p_joint", in: 0...1,
    "p adjusted, as p_adjusted, for the primary measures within levels under all kinds of noise together; empty for "
      + "all else.")
  package static let permutedMean = Column<Double>(
    "permuted_mean", in: -1...1,
    "The mean correlation when classes are permuted: what is there for other reasons.")
  package static let permutations = Column<Int>(
    "permutations", in: 1..., "How many orders of the classes were tried.")
  package static let detectable = Column<Double?>(
    "detectable", in: 0...1,
    "The smallest correlation, in size, that this design finds with a probability of 80 % at p_adjusted of 0.05, by "
      + "simulation from its own numbers; empty where nothing is tested, or none would be found.")
  package static let sizeCorrelation = Column<Double?>(
    "size_correlation", in: -1...1,
    "Spearman's correlation, within the same levels, of the measure with the number of images of a class; empty "
      + "where classes are of one size.")
  package static let classes = Column<Int>("classes", in: 0..., "How many classes are ranked.")
  package static let conditions = Column<Int>(
    "conditions", in: 0..., "How many conditions, levels and seeds, are taken together.")
  package static let note = Column<String>(
    "note", "What else to make of the number; several notes are separated by semicolons.")

  /// The file.
  package static let file = RunFile(
    "link.csv",
    "Whether classes that change more lose more accuracy: rank correlations of the measures of changes.csv "
      + "with its drop.",
    columns: [
      group, ConditionColumns.noise, scope, level, measure, statistic, family, estimate, low, high,
      p,
      adjusted, holm, joint, permutedMean, permutations, detectable, sizeCorrelation, classes,
      conditions, note,
    ])
}
