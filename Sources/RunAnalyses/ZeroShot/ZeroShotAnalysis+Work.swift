import Analyses
package import Runs

extension ZeroShotAnalysis {
  package func writing(_ context: RunContext) -> Work {
    // A line of predictions an image and condition, and a confusion matrix a condition.
    .writing(
      files: Double(context.conditions.count),
      lines: Double(context.conditions.count) * context.imageCount)
  }
}

extension RunContext {
  /// The number of images, for estimates.
  var imageCount: Double { Double(samples.labels.count) }
  /// The number of classes, for estimates.
  var classCount: Double { Double(samples.classes.count) }

  /// The scores of all images under some conditions: cosines with the classes, temperatures, calibration.
  func scoring(conditions: Int) -> Work {
    // A temperature is fitted on so many logits at most.
    let logits = imageCount * classCount
    let fitted = min(logits, Double(ZeroShotResult.mostLogits))
    return Work(steps: Double(conditions) * (40 * logits + 360 * fitted))
  }
}

extension StatisticsSettings {
  /// The accuracy and calibration of a level on samples that are drawn again, and of every image or group left out.
  func resampling(of context: RunContext, seeds: Int) -> Work {
    let left = Resampling.leaveOutCount(of: context.samples.labels.count)
    let draws = Double(replicates + left)
    return Work(steps: 10 * draws * context.imageCount * Double(seeds))
  }
}
