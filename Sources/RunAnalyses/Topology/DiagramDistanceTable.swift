import Files
import LinearAlgebra
import Runs
import Topology

/// A diagram and what its distances from others need.
struct MeasuredDiagram: Sendable {
  package let diagram: PersistenceDiagram
  /// The median distance of the cloud; nil or zero when there is nothing to scale by.
  package let median: Double?

  /// The points (birth, death) of a dimension, divided by the scale; nil when that cannot be.
  package func points(dimension: Int, scale: DiagramScale) -> [PersistenceBar]? {
    let bars = diagram.bars(dimension: dimension)
    switch scale {
    case .none: return bars
    case .median:
      guard let median, median > 0 else { return nil }
      return bars.map {
        PersistenceBar(dimension: dimension, birth: $0.birth / median, death: $0.death / median)
      }
    }
  }
}

/// What a cloud is divided by before its diagram is compared: noise shrinks or swells a cloud.
enum DiagramScale: String, CaseIterable, Sendable {
  case none
  case median
}

/// The distances that are measured between diagrams.
enum DiagramMetric: CaseIterable, Sendable {
  case bottleneck
  case firstWasserstein
  case secondWasserstein

  /// What tables call it.
  var name: String { self == .bottleneck ? "bottleneck" : "wasserstein" }

  /// Its order.
  var order: Double {
    switch self {
    case .bottleneck: .infinity
    case .firstWasserstein: 1
    case .secondWasserstein: 2
    }
  }

  /// The columns `metric` and `order`.
  package var fields: [String] { [name, order.shortestText] }

  /// The distance of two diagrams with ground metric ∞, and the relative error that it may have.
  package func distance(
    _ a: [PersistenceBar], _ b: [PersistenceBar], exactLimit: Int, control: ComputationControl
  ) throws -> (distance: Double, tolerance: Double) {
    let isExact = self == .bottleneck || a.count + b.count <= 2 * exactLimit
    let tolerance = isExact ? 0 : TopologySettings.wassersteinTolerance
    let matching =
      switch self {
      case .bottleneck:
        try DiagramDistance.bottleneck(a, b, control: control)
      case .firstWasserstein:
        try DiagramDistance.wasserstein(
          a, b, order: 1, relativeTolerance: tolerance, control: control)
      case .secondWasserstein:
        try DiagramDistance.wasserstein(
          a, b, order: 2, relativeTolerance: tolerance, control: control)
      }
    return (matching.distance, tolerance)
  }
}

/// The rows of `distances.csv`: every cloud's diagrams under noise against its clean one.
struct DiagramDistanceTable: Sendable {
  /// One cloud's diagrams and bounds.
  package struct Cloud: Sendable {
    package let scope: Scope
    /// The diagram of every condition.
    package var diagrams: [Condition: MeasuredDiagram] = [:]
    /// max |d_ij − d'_ij| between the clean cloud and a condition's, by scale; the diagrams'
    /// bottleneck distance is at most that.
    var bounds: [Condition: [DiagramScale: Double]] = [:]
    /// The diagrams of random halves of the clean cloud.
    package var halves: [(MeasuredDiagram, MeasuredDiagram)] = []
  }

  package static let header = [
    "scope", "dimension", "noise", "level", "seed", "metric", "order", "ground", "essential",
    "scale", "distance", "bound", "ratio", "between_seeds", "between_halves", "tolerance",
  ]

  /// How far above 1 rounding may carry the ratio of a distance to its bound.
  private static let ratioLimit = 1 + 1e-6

  package let clouds: [Cloud]
  package let conditions: [Condition]
  package let settings: TopologySettings
  package let control: ComputationControl

  /// A distance to compute: a line of the table.
  private struct Line: Sendable {
    let cloud: Int
    let dimension: Int
    let condition: Condition
    let metric: DiagramMetric
    let scale: DiagramScale
  }

  /// Computes every line, in parallel.
  ///
  /// - Returns: The table as CSV.
  /// - Throws: `RunError.failure` when a distance exceeds its bound, which only a bug can do.
  package func csv() throws -> String {
    guard conditions.contains(.clean) else { return CSV.line(Self.header) }
    let lines = clouds.indices.flatMap { cloud in
      (0...settings.maximumDimension).flatMap { dimension in
        conditions.filter { $0 != .clean }.flatMap { condition in
          DiagramMetric.allCases.flatMap { metric in
            DiagramScale.allCases.map { scale in
              Line(
                cloud: cloud, dimension: dimension, condition: condition, metric: metric,
                scale: scale)
            }
          }
        }
      }
    }
    let halves = try betweenHalves()
    let rows = try Parallel.tryMap(count: lines.count) { index in
      try fields(lines[index], betweenHalves: halves)
    }
    return CSV.line(Self.header) + rows.map(CSV.line).joined()
  }

  private func fields(
    _ line: Line, betweenHalves halves: [HalvesKey: Double]
  ) throws -> [String] {
    let cloud = clouds[line.cloud]
    let condition = line.condition
    var measured: (distance: Double, tolerance: Double)?
    if let clean = cloud.diagrams[.clean], let noisy = cloud.diagrams[condition] {
      measured = try distance(clean, noisy, line.dimension, line.metric, line.scale)
    }
    var bound: Double?
    var ratio: Double?
    if line.metric == .bottleneck, let measured {
      bound = cloud.bounds[condition]?[line.scale]
      if settings.threshold == nil, let bound {
        ratio = bound > 0 ? measured.distance / bound : nil
        guard ratio ?? (measured.distance == 0 ? 0 : .infinity) <= Self.ratioLimit else {
          throw RunError.failure(
            "\(cloud.scope.name), \(condition.name), H\(line.dimension), scale \(line.scale): the "
              + "bottleneck distance \(measured.distance.shortestText) exceeds its bound "
              + "\(bound.shortestText), which contradicts the stability theorem: this is a bug in "
              + "topoclip; please report it with the run directory")
        }
      }
    }
    let key = HalvesKey(
      cloud: line.cloud, dimension: line.dimension, metric: line.metric, scale: line.scale)
    return [cloud.scope.name, "\(line.dimension)"] + condition.tableFields + line.metric.fields + [
      "inf", "birth-order", line.scale.rawValue, measured?.distance.shortestText ?? "",
      bound?.shortestText ?? "", ratio?.shortestText ?? "",
      try betweenSeeds(cloud, line)?.shortestText ?? "", halves[key]?.shortestText ?? "",
      measured?.tolerance.shortestText ?? "",
    ]
  }

  private func distance(
    _ a: MeasuredDiagram, _ b: MeasuredDiagram, _ dimension: Int, _ metric: DiagramMetric,
    _ scale: DiagramScale
  ) throws -> (distance: Double, tolerance: Double)? {
    if control.isCancelled() { throw TopologyError.cancelled }
    guard let a = a.points(dimension: dimension, scale: scale),
      let b = b.points(dimension: dimension, scale: scale)
    else { return nil }
    return try metric.distance(
      a, b, exactLimit: settings.exactWassersteinLimit, control: control)
  }

  // MARK: The reference scale

  /// The mean distance between the diagrams of two noise seeds at the line's level; nil with one seed.
  private func betweenSeeds(_ cloud: Cloud, _ line: Line) throws -> Double? {
    let seeds = conditions.filter {
      $0.noise == line.condition.noise && $0.level == line.condition.level
    }
    // Every pair with this line's own seed: each line has its own reference.
    let others = seeds.filter { $0 != line.condition }
    guard let own = cloud.diagrams[line.condition] else { return nil }
    let distances = try others.compactMap { other in
      try cloud.diagrams[other].flatMap {
        try distance(own, $0, line.dimension, line.metric, line.scale)?.distance
      }
    }
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }

  private struct HalvesKey: Hashable, Sendable {
    let cloud: Int
    let dimension: Int
    let metric: DiagramMetric
    let scale: DiagramScale
  }

  /// The mean distance between the diagrams of random halves of each clean cloud.
  private func betweenHalves() throws -> [HalvesKey: Double] {
    let keys = clouds.indices.flatMap { cloud in
      (0...settings.maximumDimension).flatMap { dimension in
        DiagramMetric.allCases.flatMap { metric in
          DiagramScale.allCases.map { scale in
            HalvesKey(cloud: cloud, dimension: dimension, metric: metric, scale: scale)
          }
        }
      }
    }
    let means = try Parallel.tryMap(count: keys.count) { index -> Double? in
      let key = keys[index]
      let distances = try clouds[key.cloud].halves.compactMap { a, b in
        try distance(a, b, key.dimension, key.metric, key.scale)?.distance
      }
      return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
    }
    return Dictionary(
      uniqueKeysWithValues: zip(keys, means).compactMap { key, mean in mean.map { (key, $0) } })
  }
}
