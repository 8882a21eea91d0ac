package import Runs

/// The columns of `landmarks.csv`.
package enum LandmarkColumns {
  package static let scope = DistanceColumns.scope
  package static let landmarks = Column<Int>(
    "landmarks", in: 0...,
    "The number of points that stand for the cloud, chosen by maxmin on the clean one."
  )
  package static let points = Column<Int>(
    "points", in: 0..., "The number of points of the whole cloud.")
  package static let coveringRadius = Column<Double>(
    "covering_radius", in: 0..., "The largest distance of a point from its nearest landmark.")
  package static let error = Column<Double>(
    "error", in: 0...,
    "What the bottleneck distance between the landmarks' diagrams and the whole cloud's cannot exceed."
  )

  /// The file.
  package static let file = RunFile(
    "landmarks.csv",
    "How far the diagrams of clouds that landmarks stand for may be from the whole clouds'; there where "
      + "topology.landmarks is less than the points of a cloud.",
    columns: [scope] + ConditionColumns.all + [landmarks, points, coveringRadius, error])

  package static let landmark = Column<Int>(
    "landmark", in: 0..., "Its place in the order of choice, from 0.")
  package static let row = WitnessColumns.row
  package static let path = WitnessColumns.path
  package static let className = WitnessColumns.className

  /// The images behind them.
  package static let rowsFile = RunFile(
    "landmark_rows.csv",
    "The images that stand for a cloud under every condition; there where landmarks.csv is.",
    columns: [scope, landmark, row, path, className])
}
