public import Runs

/// The columns of a persistence diagram.
public enum DiagramColumns {
  public static let dimension = DistanceColumns.dimension
  public static let birth = Column<Double>(
    "birth", "The distance at which the component or hole appears.")
  public static let death = Column<Double>(
    "death", "The distance at which it disappears; inf for one that never does.")

  /// The files.
  public static let file = RunFile(
    "diagrams/SCOPE-CONDITION.csv",
    "The Vietoris–Rips persistence diagram of a cloud, a row a bar: of all images (all) or of a class "
      + "(class-CLASS; % and / of its name are %25 and %2F).",
    columns: [dimension, birth, death])
}
