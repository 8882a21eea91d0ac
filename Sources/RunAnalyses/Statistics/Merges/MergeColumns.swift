package import Runs

/// The columns of `merges.csv`.
package enum MergeColumns {
  package static let step = Column<Int>(
    "step", in: 0..., "The number of the merge, by height, from 0.")
  package static let firstClass = Column<String>(
    "class_a", "A class of the one cluster, whose mean joins it.")
  package static let secondClass = Column<String>(
    "class_b", "A class of the other cluster, whose mean joins it.")
  package static let height = Column<Double>(
    "height", in: 0..., "The distance of the two classes' means.")

  /// The file.
  package static let file = RunFile(
    "merges.csv",
    "The single-linkage tree of the classes' mean embeddings, a row a merge and condition.",
    columns: ConditionColumns.all + [step, firstClass, secondClass, height])
}
