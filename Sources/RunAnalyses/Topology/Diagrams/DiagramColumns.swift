package import Runs

/// The columns of a persistence diagram.
package enum DiagramColumns {
  package static let dimension = DistanceColumns.dimension
  package static let birth = Column<Double>(
    "birth", in: 0..., "The distance at which the component or hole appears.")
  package static let death = Column<Double>(
    "death", in: 0...(.infinity),
    "The distance at which it disappears; inf for one that never does.")

  /// The files.
  package static let file = RunFile(
    "diagrams/SCOPE-CONDITION.csv",
    "The Vietoris–Rips persistence diagram of a cloud, a row a bar: of all images (all) or of a class "
      + "(class-CLASS; % and / of its name are %25 and %2F).",
    columns: [dimension, birth, death])
}
