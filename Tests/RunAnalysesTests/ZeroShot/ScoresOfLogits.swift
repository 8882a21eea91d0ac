import Analyses
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

/// Scores of images whose logits are given: class j's embedding is the j-th axis.
func scores(
  _ logits: [[Float]], labels: [Int], _ name: String = "clean",
  temperatures: FittedTemperatures? = nil
) throws -> ConditionScores {
  let classes = logits[0].count
  var axes = Matrix<Float>(rows: classes, columns: classes)
  for j in 0..<classes { axes[j, j] = 1 }
  let result = try ZeroShotResult(
    calibrating: Matrix(rows: logits.count, columns: classes, values: logits.flatMap(\.self)),
    classes: axes, labels: labels, logitScale: 1, temperatures: temperatures?.temperatures)
  return ConditionScores(
    try #require(Condition(name: name)), result, temperatures: temperatures)
}
