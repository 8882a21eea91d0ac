package import Runs

/// The columns of `added.csv`.
package enum AddedColumns {
  /// The word in `noise` for all kinds together.
  package static let all = "all"

  package static let noise = Column<String>(
    "noise",
    "The kind of noise; all: one model of all kinds, which is the answer where there are several.")
  package static let classes = Column<Int>("classes", in: 0..., "How many classes are predicted.")
  package static let conditions = Column<Int>(
    "conditions", in: 0..., "Under how many conditions, levels and seeds.")
  package static let measures = Column<String>(
    "measures", "The measures of topology, separated by commas: columns of changes.csv.")
  package static let covariates = Column<String>(
    "covariates",
    "The references, separated by commas: columns of changes.csv, and class_size, the count of images."
  )
  package static let references = Column<Double?>(
    "r2_references", in: -(.infinity)...1,
    "The out-of-sample R² of the drop by the references alone, classes held out: 0 for no better than the "
      + "level's mean, below 0 for worse; empty where nothing is predicted.")
  package static let whole = Column<Double?>(
    "r2", in: -(.infinity)...1, "The same with the measures of topology.")
  package static let difference = Column<Double?>(
    "delta_r2", in: -(.infinity)...(.infinity), "r2 less r2_references: what topology adds.")
  package static let p = Column<Double?>(
    "p", in: 0...1,
    "The share of permutations, of what the references leave of topology, classes as wholes, that add as "
      + "much."
  )
  package static let permutations = Column<Int>(
    "permutations", in: 0..., "How often classes were permuted.")
  package static let note = Column<String>("note", "Why nothing is predicted, or what is left out.")

  /// The file.
  package static let file = RunFile(
    "added.csv",
    "Whether topology adds anything to the references when a ridge model predicts what classes lose "
      + "that it has not seen.",
    columns: [
      noise, classes, conditions, measures, covariates, references, whole, difference, p,
      permutations, note,
    ])

  /// The row that answers for the whole run: that of all kinds of noise, or of the only one; an empty table
  /// where there is no noise.
  ///
  /// - Throws: `FileError` naming a column that the table lacks.
  package static func answer(_ table: Table) throws -> Table {
    let joint = try table.rows(where: noise == all)
    return joint.rows.isEmpty ? table : joint
  }
}
