package import Runs

/// The columns of `merging_pairs.csv`.
package enum MergingPairColumns {
  package static let rank = Column<Int>("rank", in: 1..., "The rank by relative_fall, from 1.")
  package static let firstClass = Column<String>("class_a", "The one of the two classes.")
  package static let secondClass = Column<String>("class_b", "The other one.")
  package static let cleanHeight = Column<Double>(
    "clean_height", in: 0...,
    "The height at which the two come into one cluster of the clean images.")
  package static let height = Column<Double>("height", in: 0..., "That height under the condition.")
  package static let fall = Column<Double>("fall", "clean_height less height.")
  package static let relativeFall = Column<Double>(
    "relative_fall",
    "The same of the two heights in units of the median distance of means of their condition.")
  package static let cleanDistance = Column<Double>(
    "clean_distance", in: 0..., "The distance of the means of their clean images.")
  package static let distance = Column<Double>(
    "distance", in: 0..., "The distance of their means under the condition.")
  package static let cleanConfusion = Column<Double?>(
    "clean_confusion", in: 0...1,
    "The share of their clean images that are taken for the other class; empty without zero-shot accuracy."
  )
  package static let confusion = Column<Double?>(
    "confusion", in: 0...1,
    "The share of their images under the condition that are taken for the other class; empty without "
      + "zero-shot accuracy.")

  /// The file.
  package static let file = RunFile(
    "merging_pairs.csv",
    "The merges of a noisy condition that come earlier than for the clean images, those that gained most "
      + "first.",
    columns: ConditionColumns.all + [
      rank, firstClass, secondClass, cleanHeight, height, fall, relativeFall, cleanDistance,
      distance,
      cleanConfusion, confusion,
    ])
}
