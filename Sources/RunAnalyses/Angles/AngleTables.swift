package import Analyses
import Files
package import LinearAlgebra
import Runs

/// Tables of principal angles.
package enum AngleTables {
  /// The angles of every pair of classes as settings say.
  package static func angles(
    of embeddings: Matrix<Float>, labels: [Int], classes: [String],
    settings: AngleSettings
  ) throws -> ClasswiseAngles {
    try ClasswiseAngles(
      embedding: embeddings, classes: labels, classNames: classes, rank: settings.rank,
      centered: settings.isCentered,
      null: RandomAngleExpectation(draws: settings.nullDraws, seed: settings.nullSeed))
  }

  /// The angles of every pair of classes, ascending, each beside the expectation for random planes.
  static func table(_ angles: ClasswiseAngles) -> Table {
    var table = Table(AngleColumns.file)
    for pair in angles.pairs {
      let start = [
        AngleColumns.firstClass(angles.classNames[pair.classA]),
        AngleColumns.secondClass(angles.classNames[pair.classB]),
        AngleColumns.firstDimension(pair.kA), AngleColumns.secondDimension(pair.kB),
      ]
      for (index, (angle, null)) in zip(pair.angles, pair.nullAngles).enumerated() {
        table.append(
          start + [AngleColumns.index(index), AngleColumns.angle(angle), AngleColumns.null(null)])
      }
    }
    return table
  }

  /// `class_a,class_b,k_a,k_b,index,angle,null`: the angles of every pair of classes in radians,
  /// ascending, each beside the expectation for random planes of those dimensions.
  package static func csv(_ angles: ClasswiseAngles) -> String { table(angles).csv }

  /// `index,angle`: the angles between two subspaces in radians, ascending.
  package static func csv(_ angles: [Double]) -> String {
    CSV.line([AngleColumns.index.name, AngleColumns.angle.name])
      + angles.enumerated().map { CSV.line(["\($0)", $1.shortestText]) }.joined()
  }
}
