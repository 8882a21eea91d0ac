public import Topology

/// A summary of diagrams that a table or an array can hold.
public enum DiagramSummary: String, Sendable, CaseIterable {
  case betti, entropy, total, landscape, image

  public func write(
    _ diagrams: [(input: String, diagram: PersistenceDiagram)], maximumDimension: Int,
    folder: String
  ) throws {
  }
}
