import Topology

/// A diagram and what its distances from others need.
struct MeasuredDiagram: Codable, Sendable {
  let diagram: PersistenceDiagram
  /// The median distance of the cloud; nil or zero when there is nothing to scale by.
  let median: Double?

  /// The points (birth, death) of a dimension, divided by the scale; nil when that cannot be.
  func points(dimension: Int, scale: DiagramScale) -> [PersistenceBar]? {
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
package enum DiagramScale: String, CaseIterable, Sendable {
  /// Nothing.
  case none
  /// Its median distance.
  case median
}
