package import Runs

/// The columns of `groups.csv`.
package enum GroupColumns {
  package static let group = Column<String>("group", "The group's name in the configuration.")
  package static let classes = Column<Int>(
    "classes", in: 0..., "How many of its classes have images.")
  package static let count = Column<Int>("count", in: 0..., "How many images the group has.")

  /// The file.
  package static let file = RunFile(
    "groups.csv",
    "The accuracy of every group of classes by itself, a row a group and level; an image may still be "
      + "taken for a class of another group.",
    columns: [group, ConditionColumns.noise, ConditionColumns.level, LevelColumns.seeds]
      + [classes, count, AccuracyColumns.top1.estimate] + AccuracyColumns.top1.interval
      + [AccuracyColumns.meanPerClass.estimate] + AccuracyColumns.meanPerClass.interval)
}
