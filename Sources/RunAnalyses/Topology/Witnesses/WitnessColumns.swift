public import Runs

/// The columns of `witnesses.csv`.
public enum WitnessColumns {
  public static let scope = DistanceColumns.scope
  public static let dimension = DistanceColumns.dimension
  public static let rank = Column<Int>(
    "rank", "The bar's place among those of its condition and dimension that moved most, from 1.")
  public static let change = Column<String>(
    "change", "moved, or vanished where the matching takes it to the diagonal.")
  public static let birth = Column<Double>("birth", "The birth of the clean bar.")
  public static let death = Column<Double>("death", "The death of the clean bar.")
  public static let noisyBirth = Column<Double?>(
    "noisy_birth", "The birth of the bar it is matched to; empty where it vanished.")
  public static let noisyDeath = Column<Double?>(
    "noisy_death", "The death of the bar it is matched to; empty where it vanished.")
  public static let displacement = Column<Double>(
    "displacement",
    "How far it moved in the maximum norm; half its length where it vanished.")
  public static let role = Column<String>(
    "role",
    "birth: an end of the edge that closed the loop; cycle: a point around it; death: an end of the edge "
      + "that joined the component to another.")
  public static let vertex = Column<Int>(
    "vertex", "The image's place among those of its role, from 0.")
  public static let row = Column<Int>("row", "The image's row in samples.csv.")
  public static let path = Column<String>("path", "The image's path.")
  public static let className = Column<String>("class", "The image's class.")

  /// The file.
  public static let file = RunFile(
    "witnesses.csv", "The images behind the bars that noise moved most or made vanish.",
    columns: [scope, dimension] + ConditionColumns.all + [
      rank, change, birth, death, noisyBirth, noisyDeath, displacement, role, vertex, row, path,
      className,
    ])
}
