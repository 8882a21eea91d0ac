import LinearAlgebra
import Topology

/// What is measured between two diagrams of a cloud.
struct DistanceKind: Hashable, Sendable {
  let dimension: Int
  let metric: DiagramMetric
  let scale: DiagramScale

  /// All up to a dimension, in the order of tables.
  static func all(upTo maximumDimension: Int) -> [DistanceKind] {
    (0...maximumDimension).flatMap { dimension in
      DiagramMetric.allCases.flatMap { metric in
        DiagramScale.allCases.map {
          DistanceKind(dimension: dimension, metric: metric, scale: $0)
        }
      }
    }
  }

  /// A distance, and the relative error that it may have.
  struct Measured: Codable, Sendable, Equatable {
    let distance: Double
    let tolerance: Double
  }

  /// The distance of two diagrams with ground metric ∞.
  ///
  /// - Parameters:
  ///   - a: A diagram.
  ///   - b: Another.
  ///   - exactLimit: From so many points of a diagram on, Wasserstein distances are approximate.
  ///   - control: Stops.
  /// - Returns: The distance; nil when a cloud cannot be divided by the scale.
  /// - Throws: `CancellationError`.
  func distance(
    _ a: MeasuredDiagram, _ b: MeasuredDiagram, exactLimit: Int, control: ComputationControl
  ) throws -> Measured? {
    guard let a = a.points(dimension: dimension, scale: scale),
      let b = b.points(dimension: dimension, scale: scale)
    else { return nil }
    return try distance(a, b, exactLimit: exactLimit, control: control)
  }

  /// The distances of some pairs of diagrams, where there are any.
  func distances(
    _ pairs: [(MeasuredDiagram, MeasuredDiagram)], exactLimit: Int, control: ComputationControl
  ) throws -> [Double] {
    try pairs.compactMap {
      try distance($0, $1, exactLimit: exactLimit, control: control)?.distance
    }
  }

  /// The mean distance of some pairs of diagrams; nil where there is none.
  func mean(
    _ pairs: [(MeasuredDiagram, MeasuredDiagram)], exactLimit: Int, control: ComputationControl
  ) throws -> Double? {
    let distances = try distances(pairs, exactLimit: exactLimit, control: control)
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }

  /// The distance of points that are scaled.
  func distance(
    _ a: [PersistenceBar], _ b: [PersistenceBar], exactLimit: Int, control: ComputationControl
  ) throws -> Measured {
    try control.check()
    let isExact = metric == .bottleneck || a.count + b.count <= 2 * exactLimit
    let tolerance = isExact ? 0 : TopologySettings.wassersteinTolerance
    let matching = try metric.matching(a, b, relativeTolerance: tolerance, control: control)
    return Measured(distance: matching.distance, tolerance: tolerance)
  }
}
