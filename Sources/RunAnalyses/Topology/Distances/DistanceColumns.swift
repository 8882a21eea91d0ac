package import Runs

/// The columns of `distances.csv`.
package enum DistanceColumns {
  package static let scope = Column<String>(
    "scope", "The cloud: all for all images, class-CLASS for those of a class.")
  package static let dimension = Column<Int>(
    "dimension", in: 0...99, "The dimension of the holes: 0 for components, 1 for loops.")
  package static let metric = Column<String>(
    "metric", "bottleneck (the largest displacement) or wasserstein (a sum of displacements).")
  package static let order = Column<Double>(
    "order", in: 1...(.infinity),
    "The order of the distance: inf for bottleneck, 1 or 2 for Wasserstein.")
  package static let ground = Column<Double>(
    "ground", in: 1...(.infinity),
    "The norm that points of diagrams are compared in: inf, the maximum norm.")
  package static let essential = Column<String>(
    "essential",
    "How holes that never close are matched: birth-order; different numbers of them are inf apart.")
  package static let scale = Column<String>(
    "scale", "What each cloud is divided by first: none, or median, its median distance.")
  package static let distance = Column<Double?>(
    "distance", in: 0...(.infinity),
    "The distance of the diagram from the clean one; empty where a cloud has no median to be divided by."
  )
  package static let bound = Column<Double?>(
    "bound", in: 0...(.infinity),
    "max |d_ij − d'_ij| over all pairs of images, which the bottleneck distance cannot exceed; empty for "
      + "other metrics.")
  package static let ratio = Column<Double?>(
    "ratio", in: 0...(.infinity),
    "distance / bound; empty where the bound is 0 or a threshold ends the filtration.")
  package static let betweenSeeds = Column<Double?>(
    "between_seeds", in: 0...(.infinity),
    "The mean distance from the diagrams of the level's other seeds; empty with one seed.")
  package static let betweenHalves = Column<Double?>(
    "between_halves", in: 0...(.infinity),
    "The mean distance between the diagrams of random halves of the clean cloud: what sampling alone does. "
      + "Halves have half the points, so it is rather too large."
  )
  package static let betweenHalvesLow = Column<Double?>(
    "between_halves_low", in: 0...(.infinity),
    "The lower end of the 95 % interval of one such distance; empty with fewer than 39 halvings.")
  package static let betweenHalvesHigh = Column<Double?>(
    "between_halves_high", in: 0...(.infinity),
    "The upper end: a diagram moved by more than sampling alone does where distance is above it.")
  package static let tolerance = Column<Double?>(
    "tolerance", in: 0..., "The relative error that the distance may have; 0 where it is exact.")

  /// The file.
  package static let file = RunFile(
    "distances.csv",
    "How far the persistence diagram of every cloud under every noise lies from its clean one.",
    columns: [scope, dimension] + ConditionColumns.all + [
      metric, order, ground, essential, scale, distance, bound, ratio, betweenSeeds, betweenHalves,
      betweenHalvesLow, betweenHalvesHigh, tolerance,
    ])
}
