public import Runs

/// The columns of `landmarks.csv`.
public enum LandmarkColumns {
  public static let scope = DistanceColumns.scope
  public static let landmarks = Column<Int>(
    "landmarks", "The number of points that stand for the cloud, chosen by maxmin on the clean one."
  )
  public static let points = Column<Int>("points", "The number of points of the whole cloud.")
  public static let coveringRadius = Column<Double>(
    "covering_radius", "The largest distance of a point from its nearest landmark.")
  public static let error = Column<Double>(
    "error",
    "What the bottleneck distance between the landmarks' diagrams and the whole cloud's cannot exceed."
  )

  /// The file.
  public static let file = RunFile(
    "landmarks.csv",
    "How far the diagrams of clouds that landmarks stand for may be from the whole clouds'; there where "
      + "topology.landmarks is less than the points of a cloud.",
    columns: [scope] + ConditionColumns.all + [landmarks, points, coveringRadius, error])
}
