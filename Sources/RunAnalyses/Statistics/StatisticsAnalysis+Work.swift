package import Runs

extension StatisticsSettings {
  /// The test of two levels, and the interval of their difference.
  func testing(of context: RunContext) -> Work {
    Work(steps: Double(permutations) * context.imageCount)
  }
}

extension Tracking {
  /// The correlations of every measure under every kind of noise, of permuted classes and of classes drawn again.
  var work: Work {
    let measures = Double(AnalysisRegistry.measures.count)
    let draws = Double(analysis.settings.replicates + analysis.settings.permutations)
    return Work(
      steps: 75 * measures * draws * context.classCount * Double(context.noisy.count))
  }
}

extension StatisticsAnalysis {
  package func writing(_ context: RunContext) -> Work {
    .writing(
      files: 11, lines: Double(context.conditions.count) * context.classCount)
      + Work(
        serialSteps: Double(context.conditions.count) * context.classCount * context.classCount
          * (context.dimension + context.imageCount / context.classCount))
  }
}
