import Runs

extension ZeroShotScores {
  /// `predictions.csv`: a row an image and condition.
  func predictions() -> Table {
    var table = Table(PredictionColumns.file)
    for score in conditions {
      let cells = score.condition.cells
      for (image, label) in samples.labels.enumerated() {
        table.append(
          [
            PredictionColumns.path(samples.paths[image]),
            PredictionColumns.className(samples.classes[label]),
          ] + cells + [
            PredictionColumns.predicted(samples.classes[score.predicted[image]]),
            PredictionColumns.confidence(score.confidence[image]),
            PredictionColumns.rank(score.rank[image]),
          ])
      }
    }
    return table
  }

  /// `confusion/CONDITION.csv`: images by true and by predicted class.
  func confusion(_ score: ConditionScores) -> Table {
    let columns = samples.classes.map(ConfusionColumns.predicted)
    var counts = samples.classes.map { _ in [Int](repeating: 0, count: columns.count) }
    for (label, predicted) in zip(samples.labels, score.predicted) { counts[label][predicted] += 1 }
    var table = Table(ConfusionColumns.file, further: columns)
    for (name, row) in zip(samples.classes, counts) {
      table.append([ConfusionColumns.className(name)] + zip(columns, row).map { $0($1) })
    }
    return table
  }
}
