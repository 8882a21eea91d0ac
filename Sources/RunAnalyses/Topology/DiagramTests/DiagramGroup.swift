import LinearAlgebra
import Topology

/// The diagrams of all classes under a condition, known by their distances.
struct DiagramGroup: Codable, Sendable {
  /// Which classes have a diagram: a cloud of one place has no median to be divided by.
  let isThere: [Bool]
  /// By class, the distances from the classes before it; 0 where one has no diagram.
  let within: [[Double]]
  /// By class of the clean group, the distances from all classes of this one; empty for the clean group.
  let across: [[Double]]

  /// What is measured between the diagrams of a test, in the order of its table.
  static func kinds(upTo maximumDimension: Int) -> [DistanceKind] {
    DistanceKind.all(upTo: maximumDimension).filter { $0.metric == .secondWasserstein }
  }

  /// The group of a condition.
  ///
  /// - Parameters:
  ///   - kind: What is measured.
  ///   - diagrams: A diagram a class.
  ///   - clean: The clean ones; nil when these are they.
  ///   - exactLimit: From so many points of a diagram on, distances are approximate.
  ///   - control: Stops.
  /// - Throws: `CancellationError`.
  init(
    _ kind: DistanceKind, of diagrams: [MeasuredDiagram], clean: [MeasuredDiagram]?,
    exactLimit: Int, control: ComputationControl
  ) throws {
    func points(_ diagrams: [MeasuredDiagram]) -> [[PersistenceBar]?] {
      diagrams.map { $0.points(dimension: kind.dimension, scale: kind.scale) }
    }
    @Sendable func distance(_ a: [PersistenceBar]?, _ b: [PersistenceBar]?) throws -> Double {
      guard let a, let b else { return 0 }
      return try kind.distance(a, b, exactLimit: exactLimit, control: control).distance
    }
    let own = points(diagrams)
    isThere = own.map { $0 != nil }
    within = try Parallel.tryMap(count: own.count) { i in
      try (0..<i).map { try distance(own[i], own[$0]) }
    }
    let others = clean.map(points) ?? []
    across = try Parallel.tryMap(count: others.count) { i in
      try own.map { try distance(others[i], $0) }
    }
  }
}
