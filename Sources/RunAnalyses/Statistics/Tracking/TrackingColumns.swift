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
    "measure", "What is correlated with the drop of accuracy: a column of changes.csv.")
  package static let statistic = Column<String>(
    "statistic", "spearman: Spearman's ρ; kendall: Kendall's τ-b.")
  package static let estimate = Column<Double>("estimate", in: -1...1, "The rank correlation.")
  package static let low = Column<Double?>(
    "low", in: -1...1,
    "The lower end of its 95 % bootstrap interval (BCa) of classes drawn again as wholes; empty for fewer "
      + "than ten classes.")
  package static let high = Column<Double?>("high", in: -1...1, "The upper end.")
  package static let p = Column<Double>(
    "p", in: 0...1, "The two-sided p-value when classes are permuted as wholes.")
  package static let adjusted = Column<Double?>(
    "p_holm", in: 0...1,
    "p corrected (Holm) for the measures, and levels, of the group, noise, scope and statistic; empty where "
      + "nothing is tested.")
  package static let permutedMean = Column<Double>(
    "permuted_mean", in: -1...1,
    "The mean correlation when classes are permuted: what is there for other reasons.")
  package static let classes = Column<Int>("classes", in: 0..., "How many classes are ranked.")
  package static let conditions = Column<Int>(
    "conditions", in: 0..., "How many conditions, levels and seeds, are taken together.")
  package static let note = Column<String>(
    "note",
    "primary, reference (what a measure has to be better than), or what else to make of the number."
  )

  /// The file.
  package static let file = RunFile(
    "link.csv",
    "Whether classes that change more lose more accuracy: rank correlations of the measures of changes.csv "
      + "with its drop.",
    columns: [
      group, ConditionColumns.noise, scope, level, measure, statistic, estimate, low, high, p,
      adjusted,
      permutedMean, classes, conditions, note,
    ])
}
