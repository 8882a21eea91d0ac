package import Runs

extension StatisticsSettings {
  /// The test of two levels, and the interval of their difference.
  func testing(of context: RunContext) -> Work {
    Work(steps: Double(permutationCount(tests: 1)) * context.imageCount)
  }
}

extension Tracking {
  /// The correlations of every measure under every kind of noise of permuted classes.
  var work: Work {
    let measures = Double(AnalysisRegistry.measures.count)
    let levels = Double(Set(context.noisy.map { "\($0.noise ?? "") \($0.level)" }).count)
    let tests = Int(measures * levels / max(Double(Set(context.noisy.map(\.noise)).count), 1))
    let draws = 55 * Double(analysis.settings.permutationCount(tests: tests))
    return Work(steps: measures * draws * context.classCount * Double(context.noisy.count))
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
