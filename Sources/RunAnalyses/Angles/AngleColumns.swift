package import Runs

/// The columns of `angles/CONDITION.csv`.
package enum AngleColumns {
  package static let firstClass = Column<String>(
    "class_a", "The class whose subspace is the first one.")
  package static let secondClass = Column<String>("class_b", "The class of the second subspace.")
  package static let firstDimension = Column<Int>(
    "k_a", in: 0...,
    "The dimension of the first subspace, of the leading principal directions of its class.")
  package static let secondDimension = Column<Int>(
    "k_b", in: 0..., "The dimension of the second subspace.")
  package static let index = Column<Int>(
    "index", in: 0...,
    "The angle's place among those of the two subspaces, from 0 for the smallest.")
  package static let angle = Column<Double>(
    "angle", unit: "radians", in: 0...(.pi / 2),
    "The principal angle, from 0 for a common direction to π/2 for orthogonal ones.")
  package static let null = Column<Double>(
    "null", unit: "radians", in: 0...(.pi / 2),
    "The mean of the same angle of random planes of dimensions k_a and k_b in the same space.")

  /// The files.
  package static let file = RunFile(
    "angles/CONDITION.csv",
    "The principal angles between the subspaces of every two classes: min(k_a, k_b) rows a pair.",
    columns: [firstClass, secondClass, firstDimension, secondDimension, index, angle, null])
}

/// The columns of `angles/heatmap-CONDITION.csv`.
package enum AngleHeatMapColumns {
  package static let smallest = Column<Double>(
    "smallest", unit: "radians", in: 0...(.pi / 2), "The smallest angle of the two subspaces.")
  package static let mean = Column<Double>(
    "mean", unit: "radians", in: 0...(.pi / 2), "The mean of their min(k_a, k_b) angles.")
  package static let largest = Column<Double>(
    "largest", unit: "radians", in: 0...(.pi / 2), "Their largest angle.")
  package static let nullSmallest = Column<Double>(
    "null_smallest", unit: "radians", in: 0...(.pi / 2),
    "The smallest angle of random planes of dimensions k_a and k_b, in expectation.")
  package static let nullMean = Column<Double>(
    "null_mean", unit: "radians", in: 0...(.pi / 2), "The mean angle of such planes.")
  package static let nullLargest = Column<Double>(
    "null_largest", unit: "radians", in: 0...(.pi / 2), "The largest angle of such planes.")

  /// The files.
  package static let file = RunFile(
    "angles/heatmap-CONDITION.csv",
    "A few numbers of the angles of every two classes, a row an ordered pair: a pivot is the whole map.",
    columns: [
      AngleColumns.firstClass, AngleColumns.secondClass, AngleColumns.firstDimension,
      AngleColumns.secondDimension, smallest, mean, largest, nullSmallest, nullMean, nullLargest,
    ])
  /// The same in JSON.
  package static let json = RunFile(
    "angles/heatmap-CONDITION.json",
    "The numbers of heatmap-CONDITION.csv as square matrices in the order of classes, null on the diagonal."
  )
}
