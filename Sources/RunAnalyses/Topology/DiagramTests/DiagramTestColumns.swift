package import Runs

/// The columns of `diagram_tests.csv`.
package enum DiagramTestColumns {
  package static let dimension = DistanceColumns.dimension
  package static let scale = DistanceColumns.scale
  package static let metric = DistanceColumns.metric
  package static let order = DistanceColumns.order
  package static let diagrams = Column<Int>(
    "diagrams", in: 0...,
    "The number of classes, each with a clean diagram and one under the noise.")
  package static let loss = Column<Double?>(
    "loss", in: 0...(.infinity),
    "Half the mean distance between two diagrams of a group, summed over both groups.")
  package static let meanLoss = Column<Double?>(
    "mean_loss", in: 0...(.infinity),
    "The mean loss when the diagrams are put into groups at random.")
  package static let method = Column<String?>(
    "method", "exact where every way to make two groups was tried, else random.")
  package static let p = Column<Double?>(
    "p", in: 0...1,
    "The share of ways whose loss is no larger; empty where fewer than two classes or infinite distances "
      + "leave nothing to test.")
  package static let pHolm = Column<Double?>(
    "p_holm", in: 0...1, "p corrected by Holm's method over the whole table.")

  /// The file.
  package static let file = RunFile(
    "diagram_tests.csv",
    "Whether the diagrams of the classes under a noise come from another distribution than the clean ones "
      + "(Robinson and Turner 2017).",
    columns: ConditionColumns.all + [
      dimension, scale, metric, order, diagrams, loss, meanLoss, method, p, pHolm,
    ])
}
