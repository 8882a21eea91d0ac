package import Runs

/// The columns of `bands.csv`.
package enum BandColumns {
  package static let scope = DistanceColumns.scope
  package static let confidence = Column<Double>(
    "confidence", in: 0...1, "The confidence of the band.")
  package static let points = Column<Int>("points", in: 0..., "The number of points of the cloud.")
  package static let subsample = Column<Int>(
    "subsample", in: 0..., "The number of points of a subsample.")
  package static let replicates = Column<Int>("replicates", in: 0..., "The number of subsamples.")
  package static let halfWidth = Column<Double>(
    "half_width", in: 0...,
    "How far, with that confidence, the diagram of what the cloud is a sample of may lie in the bottleneck "
      + "distance: a bar longer than twice that is told from noise of sampling.")
  package static let significantH0 = Column<Int?>(
    "significant_h0", in: 0...,
    "The number of components longer than twice half_width, the one that never dies included.")
  package static let significantH1 = Column<Int?>(
    "significant_h1", in: 0..., "The number of such loops; empty where loops are not computed.")
  package static let diameter = Column<Double>(
    "diameter", in: 0..., "The largest distance of two points: no bar is longer.")

  /// The file.
  package static let file = RunFile(
    "bands.csv",
    "The confidence band of every diagram, from subsamples of its cloud (Fasy et al. 2014).",
    columns: [scope] + ConditionColumns.all + [
      confidence, points, subsample, replicates, halfWidth, significantH0, significantH1, diameter,
    ])
}
