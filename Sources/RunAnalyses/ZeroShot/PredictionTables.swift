import Runs

extension ZeroShotScores {
  /// Writes `predictions.csv`, a row an image and condition, a piece at a time.
  func writePredictions(to run: RunDirectory) throws {
    let images = samples.labels.count
    let conditionCells = conditions.map(\.condition.cells)
    try run.write(PredictionColumns.file, rowCount: conditions.count * images) { row in
      let (condition, image) = row.quotientAndRemainder(dividingBy: images)
      let score = conditions[condition]
      return [
        PredictionColumns.path(samples.paths[image]),
        PredictionColumns.className(samples.classes[samples.labels[image]]),
      ] + conditionCells[condition] + [
        PredictionColumns.predicted(samples.classes[score.predicted[image]]),
        PredictionColumns.confidence(score.confidence[image]),
        PredictionColumns.rank(score.rank[image]),
      ]
    }
  }

  /// Writes the confusion of the classes under every condition.
  func writeConfusion(to run: RunDirectory) throws {
    for score in conditions {
      try Interruption.check()
      try Confusion(
        labels: samples.labels, predicted: score.predicted, classCount: samples.classes.count
      ).write(score.condition, samples.classes, to: run)
    }
  }
}
