import Topology

/// The bars (0, 4), (1, 3), (1, 1), (2, ∞) in dimension 1, and (−∞, 5) in dimension 2.
func summarisedDiagram() throws -> PersistenceDiagram {
  let rows = [
    (1, 0.0, 4.0), (1, 1.0, 3.0), (1, 1.0, 1.0), (1, 2.0, Double.infinity), (2, -.infinity, 5.0),
  ]
  return try PersistenceDiagram(
    rows.map { PersistenceBar(dimension: $0.0, birth: $0.1, death: $0.2) })
}
