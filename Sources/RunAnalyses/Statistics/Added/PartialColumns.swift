package import Runs

/// The columns of `partial.csv`.
package enum PartialColumns {
  package static let measure = Column<String>(
    "measure", "What goes together with the drop of accuracy: a column of changes.csv.")
  package static let covariates = Column<String>(
    "covariates",
    "What is taken out of both first, separated by commas: columns of changes.csv, and class_size, the count "
      + "of images.")
  package static let estimate = Column<Double?>(
    "estimate", in: -1...1,
    "Spearman's partial correlation within each level, the mean over levels; empty where it is not defined."
  )
  package static let low = Column<Double?>(
    "low", in: -1...1, "The lower end of its 95 % interval; empty where there is none.")
  package static let high = Column<Double?>("high", in: -1...1, "The upper end.")
  package static let p = Column<Double?>(
    "p", in: 0...1,
    "The two-sided p-value when what the covariates leave of the drop is permuted, classes as wholes; empty "
      + "where nothing is tested.")
  package static let adjusted = Column<Double?>(
    "p_adjusted", in: 0...1,
    "p adjusted for all measures of the noise by the largest correlation of each permutation, step down; "
      + "empty where no p could be small enough.")
  package static let permutations = Column<Int>(
    "permutations", in: 0..., "How often classes were permuted; all orders where those are fewer.")
  package static let classes = Column<Int>("classes", in: 0..., "How many classes are ranked.")
  package static let conditions = Column<Int>(
    "conditions", in: 0..., "How many conditions, levels and seeds, are taken together.")
  package static let note = Column<String>("note", "What there is to know of the number.")

  /// The file.
  package static let file = RunFile(
    "partial.csv",
    "Whether classes that change more lose more accuracy beyond what the references say of both: partial "
      + "rank correlations of the measures of changes.csv with its drop.",
    columns: [
      ConditionColumns.noise, measure, covariates, estimate, low, high, p, adjusted, permutations,
      classes, conditions, note,
    ])
}
