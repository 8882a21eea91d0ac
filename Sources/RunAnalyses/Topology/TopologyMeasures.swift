import Files
package import Topology

/// The measures of change that are made of persistence diagrams.
package enum TopologyMeasures {
  /// The highest dimension that there are measures of: what `topology.max-dimension` allows.
  static let dimensions = 0...3

  /// Those of all dimensions, in the order of the columns of `changes.csv`.
  static let all =
    DistanceKind.all(upTo: dimensions.upperBound).map(\.measure)
    + dimensions.map(totalPersistence) + dimensions.map(entropy)

  /// The distance of the noisy diagram from the clean one.
  package static func distance(
    _ metric: DiagramMetric, _ dimension: Int, scale: DiagramScale = .none
  ) -> ChangeMeasure {
    DistanceKind(dimension: dimension, metric: metric, scale: scale).measure
  }

  /// |noisy − clean| of the total persistence of finite bars.
  package static func totalPersistence(_ dimension: Int) -> ChangeMeasure {
    ChangeMeasure(
      "total_persistence_h\(dimension)", "change of total persistence in H\(dimension)", .topology)
  }

  /// |noisy − clean| of the persistent entropy of finite bars.
  static func entropy(_ dimension: Int) -> ChangeMeasure {
    ChangeMeasure(
      "entropy_h\(dimension)", "change of persistent entropy in H\(dimension)", .topology)
  }
}

extension DistanceKind {
  /// The distance of the noisy diagram from the clean one.
  var measure: ChangeMeasure {
    let isBottleneck = metric == .bottleneck
    let order = isBottleneck ? "" : metric.order.shortestText
    let words = isBottleneck ? "bottleneck distance" : "\(order)-Wasserstein distance"
    let name = "\(metric.name.rawValue)\(order)_h\(dimension)"
    let distance = ChangeMeasure(name, "\(words) in H\(dimension)", .topology)
    return scale == .none
      ? distance
      : ChangeMeasure(
        name + "_scaled", distance.words + " (scale removed)", .topology, unscaled: name)
  }
}
