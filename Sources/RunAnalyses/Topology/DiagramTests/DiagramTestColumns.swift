public import Runs

/// The columns of `diagram_tests.csv`.
public enum DiagramTestColumns {
  public static let dimension = DistanceColumns.dimension
  public static let scale = DistanceColumns.scale
  public static let metric = DistanceColumns.metric
  public static let order = DistanceColumns.order
  public static let diagrams = Column<Int>(
    "diagrams", "The number of classes, each with a clean diagram and one under the noise.")
  public static let loss = Column<Double?>(
    "loss", "Half the mean distance between two diagrams of a group, summed over both groups.")
  public static let meanLoss = Column<Double?>(
    "mean_loss", "The mean loss when the diagrams are put into groups at random.")
  public static let method = Column<String?>(
    "method", "exact where every way to make two groups was tried, else random.")
  public static let p = Column<Double?>(
    "p",
    "The share of ways whose loss is no larger; empty where fewer than two classes or infinite distances "
      + "leave nothing to test.")
  public static let pHolm = Column<Double?>(
    "p_holm", "p corrected by Holm's method over the whole table.")

  /// The file.
  public static let file = RunFile(
    "diagram_tests.csv",
    "Whether the diagrams of the classes under a noise come from another distribution than the clean ones "
      + "(Robinson and Turner 2017).",
    columns: ConditionColumns.all + [
      dimension, scale, metric, order, diagrams, loss, meanLoss, method, p, pHolm,
    ])
}
