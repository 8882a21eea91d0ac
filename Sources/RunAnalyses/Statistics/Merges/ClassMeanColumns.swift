package import Runs

/// The columns of `class_means.csv`.
package enum ClassMeanColumns {
  package static let smallestDistance = Column<Double>(
    "smallest_distance", in: 0..., "The distance of the two closest means of classes.")
  package static let firstClass = Column<String>("class_a", "The one of the two classes.")
  package static let secondClass = Column<String>("class_b", "The other one.")
  package static let medianDistance = Column<Double?>(
    "median_distance", in: 0..., "The median distance of two means of classes.")

  /// The file.
  package static let file = RunFile(
    "class_means.csv", "How far the mean embeddings of classes are apart, a row a condition.",
    columns: ConditionColumns.all + [smallestDistance, firstClass, secondClass, medianDistance])
}
