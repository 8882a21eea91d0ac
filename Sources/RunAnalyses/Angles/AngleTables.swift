public import Analyses
import Files
public import LinearAlgebra
package import Runs

/// Tables of principal angles.
public enum AngleTables {
  /// The angles of every pair of classes as settings say.
  public static func angles(
    of embeddings: Matrix<Double>, labels: [Int], classes: [String],
    settings: AngleSettings
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
      let names = [angles.classNames[pair.classA], angles.classNames[pair.classB]]
      let start = CSV.line(names + ["\(pair.kA)", "\(pair.kB)"]).dropLast()
      for (index, (angle, null)) in zip(pair.angles, pair.nullAngles).enumerated() {
        text += start
        text += ",\(index),"
        text += angle.shortestText
        text += ","
        text += null.shortestText
        text += "\n"
      }
    }
    return text
  }

  /// `index,angle`: the angles between two subspaces in radians, ascending.
  public static func csv(_ angles: [Double]) -> String {
    CSV.line(["index", "angle"])
      + angles.enumerated().map { CSV.line(["\($0)", $1.shortestText]) }.joined()
  }

  /// Checks, before anything is embedded, that every class has the images its subspace needs.
  ///
  /// - Throws: `RunError.failure` naming the class with the fewest, and what to do.
  package static func requireEnough(_ samples: SampleTable, settings: AngleSettings) throws {
    let counts = samples.classCounts
    var needed = settings.isCentered ? 2 : 1
    // A centred class of n images spans n − 1 dimensions at most.
    if case .fixed(let rank) = settings.rank { needed = rank + (settings.isCentered ? 1 : 0) }
    guard counts.count > 1 else {
      throw RunError.failure(
        "angles compare classes, and there is only one; choose more, or leave angles out of --analyses"
      )
    }
    if let fewest = counts.indices.min(by: { counts[$0] < counts[$1] }), counts[fewest] < needed {
      throw RunError.failure(
        "class \(samples.classes[fewest]) has \(counts[fewest]) images; the angles need \(needed) of "
          + "each class: take more (--limit, --per-class), a lower --set angles.rank, or "
          + "--analyses zeroshot")
    }
  }

  /// The names, in the run directory, of the files that `write` makes.
  package static func files(_ condition: Condition) -> [String] {
    ["\(condition.name).csv", "heatmap-\(condition.name).csv", "heatmap-\(condition.name).json"]
      .map { "angles/" + $0 }
  }

  /// Computes the angles of every condition and writes `angles/CONDITION.csv`, and
  /// `angles/heatmap-CONDITION.csv` and `.json` with a few numbers a pair.
  ///
  /// - Returns: A table of them for a person.
  package static func write(
    run: RunDirectory, samples: SampleTable, conditions: [Condition],
    settings: AngleSettings
  ) throws -> String {
    var rows: [AngleSummary] = []
    for condition in conditions {
      try Interruption.check()
      let embeddings = try run.readEmbeddings(condition, rowCount: samples.labels.count)
      let angles = try analyzing(run.embeddingsFile(condition)) {
        try Self.angles(
          of: embeddings.converted(to: Double.self), labels: samples.labels,
          classes: samples.classes, settings: settings)
      }
      try AtomicFile.write(csv(angles), to: run.file("angles/\(condition.name).csv"))
      let map = AngleHeatMap(angles)
      try AtomicFile.write(map.csv, to: run.file("angles/heatmap-\(condition.name).csv"))
      try AtomicFile.write(map.json(), to: run.file("angles/heatmap-\(condition.name).json"))
      rows.append(AngleSummary(condition, angles))
    }
    return AngleSummary.markdown(rows)
  }
}
