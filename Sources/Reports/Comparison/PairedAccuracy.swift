import Analyses
import Files
import RunAnalyses
import Runs

/// Top-1 answers of two runs to the same images at one condition.
struct PairedAccuracy: Sendable, Equatable {
  let condition: Condition
  let count: Int
  let rightA: Int
  let rightB: Int
  /// Images that only one of the runs has right.
  let onlyA: Int
  let onlyB: Int
  /// McNemar's exact p.
  let p: Double

  /// Pairs the predictions of two runs, condition by condition.
  ///
  /// - Returns: The conditions that both have; or why images cannot be paired.
  /// - Throws: `FileError` naming a table that is damaged.
  static func all(_ a: ComparedRun, _ b: ComparedRun) throws -> Result<[PairedAccuracy], Reason> {
    guard a.run.paths == b.run.paths else {
      return .failure(Reason(text: "samples.csv lists other images, so no image can be paired"))
    }
    guard a.run.labels.map({ a.run.classes[$0] }) == b.run.labels.map({ b.run.classes[$0] }) else {
      return .failure(Reason(text: "samples.csv gives the images other classes"))
    }
    if let one = a.manifest?.data?.imageDigest, let other = b.manifest?.data?.imageDigest,
      one != other
    {
      return .failure(
        Reason(text: "the images have the same names but not the same contents (digests differ)"))
    }
    let file = PredictionColumns.file
    guard let first = try a.run.table(file), let second = try b.run.table(file) else {
      return .failure(Reason(text: "not both runs have \(file.pattern.text)"))
    }
    let (answersA, answersB) = (try answers(first), try answers(second))
    return .success(
      try a.run.conditions.compactMap { condition in
        guard let ofA = answersA[condition], let ofB = answersB[condition] else { return nil }
        // Tables of one split have fewer images than the run.
        let pairs = ofA.compactMap { path, isRight in ofB[path].map { (isRight, $0) } }
        guard !pairs.isEmpty else { return nil }
        let onlyA = pairs.count { $0 && !$1 }
        let onlyB = pairs.count { !$0 && $1 }
        let differences =
          [Double](repeating: -1, count: onlyA) + [Double](repeating: 1, count: onlyB)
          + [Double](repeating: 0, count: pairs.count - onlyA - onlyB)
        return PairedAccuracy(
          condition: condition, count: pairs.count, rightA: pairs.count { $0.0 },
          rightB: pairs.count { $0.1 }, onlyA: onlyA, onlyB: onlyB,
          // Of ones and zeros the test is exact: nothing is drawn.
          p: try PairedPermutationTest(
            differences: differences, resampling: Resampling("diff", replicates: 1, seed: 0)
          ).pValue)
      })
  }

  /// Why images cannot be paired.
  struct Reason: Error, Equatable {
    let text: String
  }

  /// By condition and path, whether the prediction is right.
  private static func answers(_ table: Table) throws -> [Condition: [String: Bool]] {
    let conditions = try table.conditions()
    let paths = try table[PredictionColumns.path]
    let classes = try table[PredictionColumns.className]
    let predicted = try table[PredictionColumns.predicted]
    var answers: [Condition: [String: Bool]] = [:]
    for row in paths.indices {
      answers[conditions[row], default: [:]][paths[row]] = predicted[row] == classes[row]
    }
    return answers
  }
}
