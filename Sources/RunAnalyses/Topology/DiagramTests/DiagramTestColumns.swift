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
  package static let design = Column<String>(
    "design",
    "paired: the clean diagram and the noisy one of a class are exchanged, each class for itself.")
  package static let loss = Column<Double?>(
    "loss", in: 0...(.infinity),
    "Half the mean distance between two diagrams of a group, summed over both groups.")
  package static let meanLoss = Column<Double?>(
    "mean_loss", in: 0...(.infinity),
    "The mean loss over all ways to exchange the diagrams of classes.")
  package static let method = Column<String?>(
    "method", "exact where every way to exchange diagrams was tried, else random.")
  package static let p = Column<Double?>(
    "p", in: 0...1,
    "The share of ways whose loss is no larger; empty where fewer than two classes or infinite distances "
      + "leave nothing to test.")
  package static let pAdjusted = Column<Double?>(
    "p_adjusted", in: 0...1,
    "p adjusted over all tests of the kind of noise (step-down max-T of Westfall and Young, on the same "
      + "swaps); empty where no p could be 0.05 or less.")
  package static let pHolm = Column<Double?>(
    "p_holm", in: 0...1,
    "p corrected by Holm's method over the same tests, for comparison: it pays for what tests have in common."
  )
  package static let note = Column<String>(
    "note", "Why nothing could be tested; else empty.")

  /// The file.
  package static let file = RunFile(
    "diagram_tests.csv",
    "Whether the diagrams of the classes under a noise come from another distribution than the clean ones "
      + "(Robinson and Turner 2017, paired).",
    columns: ConditionColumns.all + [
      dimension, scale, metric, order, diagrams, design, loss, meanLoss, method, p, pAdjusted,
      pHolm, note,
    ])
}
