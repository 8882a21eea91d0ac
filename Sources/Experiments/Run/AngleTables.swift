public import Analyses
import Files
public import LinearAlgebra

/// Tables of principal angles.
public enum AngleTables {
  /// The angles of every pair of classes as settings say.
  public static func angles(
    of embeddings: Matrix<Double>, labels: [Int], classes: [String],
    settings: Experiment.AngleSettings
  ) throws -> ClasswiseAngles {
    try ClasswiseAngles(
      embedding: embeddings, classes: labels, classNames: classes, rank: settings.rank,
      centered: settings.isCentered,
      null: RandomAngleExpectation(draws: settings.nullDraws, seed: settings.nullSeed))
  }

  /// `class_a,class_b,k_a,k_b,index,angle,null`: the angles of every pair of classes in radians,
  /// ascending, each beside the expectation for random planes of those dimensions.
  public static func csv(_ angles: ClasswiseAngles) -> String {
    var text = CSV.line(["class_a", "class_b", "k_a", "k_b", "index", "angle", "null"])
    for pair in angles.pairs {
      for (index, (angle, null)) in zip(pair.angles, pair.nullAngles).enumerated() {
        text += CSV.line([
          angles.classNames[pair.classA], angles.classNames[pair.classB], "\(pair.kA)",
          "\(pair.kB)", "\(index)", angle.shortestText, null.shortestText,
        ])
      }
    }
    return text
  }

  /// `index,angle`: the angles between two subspaces in radians, ascending.
  public static func csv(_ angles: [Double]) -> String {
    CSV.line(["index", "angle"])
      + angles.enumerated().map { CSV.line(["\($0)", $1.shortestText]) }.joined()
  }

  /// Computes the angles of every condition and writes `angles/CONDITION.csv`.
  static func write(
    run: RunDirectory, samples: SampleTable, conditions: [Condition],
    settings: Experiment.AngleSettings
  ) throws {
    for condition in conditions {
      let embeddings = try run.readEmbeddings(condition, rowCount: samples.labels.count)
      let angles = try angles(
        of: embeddings.converted(to: Double.self), labels: samples.labels,
        classes: samples.classes, settings: settings)
      try AtomicFile.write(csv(angles), to: run.file("angles/\(condition.name).csv"))
    }
  }
}
