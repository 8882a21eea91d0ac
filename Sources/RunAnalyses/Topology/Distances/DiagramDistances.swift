import LinearAlgebra
import Topology

/// How far a cloud's diagram under a noise lies from others.
struct DiagramDistances: Codable, Sendable {
  /// From the clean one; nil where a cloud cannot be divided by its scale.
  let fromClean: DistanceKind.Measured?
  /// From those of the level's other seeds, in the mean; nil with one seed.
  let betweenSeeds: Double?

  /// The distances of every cloud under a condition.
  ///
  /// - Parameters:
  ///   - own: The clouds under the condition, one a scope.
  ///   - clean: The clean ones.
  ///   - others: Those under the level's other seeds: each condition has its own reference.
  ///   - settings: How they are compared.
  ///   - control: Stops.
  /// - Returns: By scope, the distances of every kind.
  /// - Throws: `CancellationError`.
  static func all(
    of own: [MeasuredCloud], from clean: [MeasuredCloud], others: [[MeasuredCloud]],
    settings: TopologySettings, control: ComputationControl
  ) throws -> [[DiagramDistances]] {
    let kinds = DistanceKind.all(upTo: settings.maximumDimension)
    let distances = try Parallel.tryMap(count: own.count * kinds.count) { index in
      let (scope, kind) = (index / kinds.count, kinds[index % kinds.count])
      let diagram = own[scope].diagram
      return DiagramDistances(
        fromClean: try kind.distance(
          clean[scope].diagram, diagram, exactLimit: settings.exactWassersteinLimit,
          control: control),
        betweenSeeds: try kind.mean(
          others.map { (diagram, $0[scope].diagram) },
          exactLimit: settings.exactWassersteinLimit, control: control))
    }
    return own.indices.map { Array(distances[$0 * kinds.count..<($0 + 1) * kinds.count]) }
  }
}
