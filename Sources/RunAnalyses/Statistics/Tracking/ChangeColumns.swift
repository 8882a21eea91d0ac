package import Runs

/// The columns of `changes.csv`.
package enum ChangeColumns {
  package static let className = Column<String>("class", "The class.")
  package static let group = Column<String?>(
    "group", "The group that the configuration puts it in; empty for none.")
  package static let count = Column<Int>("count", in: 0..., "How many images it has.")
  package static let cleanAccuracy = Column<Double?>(
    StatisticsAnalysis.cleanAccuracy.name, in: 0...1,
    "The top-1 accuracy of its clean images; empty without zero-shot accuracy.")
  package static let accuracy = Column<Double?>(
    "accuracy", in: 0...1, "Its top-1 accuracy under the condition.")
  package static let drop = Column<Double?>("drop", in: -1...1, "accuracy_clean less accuracy.")
  package static let cleanSize = Column<Double?>(
    StatisticsAnalysis.cleanSize.name, in: 0...,
    "The size of its clean cloud: the total persistence of H0; empty without diagrams.")

  /// The column of a measure.
  package static func measure(_ measure: ChangeMeasure) -> Column<Double?> {
    Column(
      measure.name, in: -(.infinity)...(.infinity),
      "\(measure.words); empty where it is not defined.")
  }

  /// The file.
  package static let file = RunFile(
    "changes.csv",
    "How much every class changed under every noisy condition, and how much accuracy it lost.",
    columns: [className, group] + ConditionColumns.all
      + [count, cleanAccuracy, accuracy, drop, cleanSize],
    furtherColumns: "a column a measure of change: 0 for none, larger for more")
}
