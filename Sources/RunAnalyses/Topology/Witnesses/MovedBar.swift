import LinearAlgebra
import Topology

/// A clean bar that a noise moved or made vanish, of one of the clouds.
struct MovedBar: Codable, Sendable {
  /// The place of its cloud among the scopes.
  let scope: Int
  let change: BarChange

  /// The highest dimension whose bars have images to show.
  static func maximumDimension(_ settings: TopologySettings) -> Int {
    min(1, settings.maximumDimension)
  }

  /// Those that moved most under a condition, over all classes and the cloud of all.
  ///
  /// - Parameters:
  ///   - clean: The clean clouds.
  ///   - noisy: Those of the condition.
  ///   - scopes: The places of the clouds that may have any.
  ///   - settings: How many, and how diagrams are matched.
  ///   - control: Stops.
  /// - Returns: By dimension, the bars by rank; equal displacements in the order of clouds and bars.
  /// - Throws: `CancellationError`.
  static func most(
    from clean: [MeasuredCloud], to noisy: [MeasuredCloud], of scopes: [Int],
    settings: TopologySettings, control: ComputationControl
  ) throws -> [[MovedBar]] {
    let dimensions = Array(0...maximumDimension(settings))
    let changes = try Parallel.tryMap(count: dimensions.count * scopes.count) { index in
      try control.check()
      let (dimension, scope) = (dimensions[index / scopes.count], scopes[index % scopes.count])
      return try BarChange.changes(
        from: clean[scope].diagram.diagram.bars(dimension: dimension),
        to: noisy[scope].diagram.diagram.bars(dimension: dimension),
        exactLimit: settings.exactWassersteinLimit, control: control
      ).map { MovedBar(scope: scope, change: $0) }
    }
    return dimensions.indices.map { place in
      let all = changes[place * scopes.count..<(place + 1) * scopes.count].flatMap(\.self)
      let order = all.indices.sorted {
        (-all[$0].change.displacement, $0) < (-all[$1].change.displacement, $1)
      }
      return order.prefix(settings.witnesses).map { all[$0] }
    }
  }
}
