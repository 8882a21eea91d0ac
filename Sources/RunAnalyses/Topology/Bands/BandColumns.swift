public import Runs

/// The columns of `bands.csv`.
public enum BandColumns {
  public static let scope = DistanceColumns.scope
  public static let confidence = Column<Double>("confidence", "The confidence of the band.")
  public static let points = Column<Int>("points", "The number of points of the cloud.")
  public static let subsample = Column<Int>("subsample", "The number of points of a subsample.")
  public static let replicates = Column<Int>("replicates", "The number of subsamples.")
  public static let halfWidth = Column<Double>(
    "half_width",
    "How far, with that confidence, the diagram of what the cloud is a sample of may lie in the bottleneck "
      + "distance: a bar longer than twice that is told from noise of sampling.")
  public static let significantH0 = Column<Int?>(
    "significant_h0",
    "The number of components longer than twice half_width, the one that never dies included.")
  public static let significantH1 = Column<Int?>(
    "significant_h1", "The number of such loops; empty where loops are not computed.")
  public static let diameter = Column<Double>(
    "diameter", "The largest distance of two points: no bar is longer.")

  /// The file.
  public static let file = RunFile(
    "bands.csv",
    "The confidence band of every diagram, from subsamples of its cloud (Fasy et al. 2014).",
    columns: [scope] + ConditionColumns.all + [
      confidence, points, subsample, replicates, halfWidth, significantH0, significantH1, diameter,
    ])
}
