package import Runs

/// The columns of `witnesses.csv`.
package enum WitnessColumns {
  package static let scope = DistanceColumns.scope
  package static let dimension = DistanceColumns.dimension
  package static let rank = Column<Int>(
    "rank", in: 1...,
    "The bar's place among those of its condition and dimension that moved most, from 1.")
  package static let change = Column<String>(
    "change", "moved, or vanished where the matching takes it to the diagonal.")
  package static let birth = Column<Double>("birth", in: 0..., "The birth of the clean bar.")
  package static let death = Column<Double>(
    "death", in: 0...(.infinity), "The death of the clean bar.")
  package static let noisyBirth = Column<Double?>(
    "noisy_birth", in: 0..., "The birth of the bar it is matched to; empty where it vanished.")
  package static let noisyDeath = Column<Double?>(
    "noisy_death", in: 0...(.infinity),
    "The death of the bar it is matched to; empty where it vanished.")
  package static let displacement = Column<Double>(
    "displacement", in: 0...(.infinity),
    "How far it moved in the maximum norm; half its length where it vanished.")
  package static let role = Column<String>(
    "role",
    "birth: an end of the edge that closed the loop; cycle: a point around it; death: an end of the edge "
      + "that joined the component to another.")
  package static let vertex = Column<Int>(
    "vertex", in: 0..., "The image's place among those of its role, from 0.")
  package static let row = Column<Int>("row", in: 0..., "The image's row in samples.csv.")
  package static let path = Column<String>("path", "The image's path.")
  package static let className = Column<String>("class", "The image's class.")

  /// The file.
  package static let file = RunFile(
    "witnesses.csv", "The images behind the bars that noise moved most or made vanish.",
    columns: [scope, dimension] + ConditionColumns.all + [
      rank, change, birth, death, noisyBirth, noisyDeath, displacement, role, vertex, row, path,
      className,
    ])
}
