import Runs

extension Probes {
  /// A fit a value of C, some tens of steps of the optimiser each, with the products of images and classes there and
  /// back.
  func fitting(_ part: ProbeDesign.Part) -> Work {
    let values = Double(analysis.settings.regularizations.count)
    return Work(
      steps: 16 * values * Double(part.training.count) * context.dimension * context.classCount)
  }

  /// The cosines of all pairs, and the vote.
  var voting: Work {
    let images = context.imageCount
    return Work(steps: 0.02 * images * images * context.dimension + 8000 * images)
  }

  /// The logits of all images.
  var telling: Work {
    Work(steps: 0.4 * context.imageCount * context.dimension * context.classCount)
  }

  /// The accuracies of all probes, and of the clean images beside them, on samples that are drawn again.
  func resampling(_ condition: Condition) -> Work {
    let replicates = context.analyses[StatisticsAnalysis.self].replicates
    let draws = Double(replicates) + context.imageCount
    let rows = Double(neighborCounts.count + (hasLinear ? 1 : 0)) * (condition == .clean ? 1 : 2)
    return Work(steps: 1.4 * draws * context.imageCount * rows)
  }
}
