import Analyses
package import Runs

extension AnglesAnalysis {
  /// The angles that two classes have, as far as it is known before their subspaces are.
  private func rank(_ context: RunContext) -> Double {
    let most = min(context.imageCount / max(context.classCount, 1), context.dimension)
    return switch settings.rank {
    case .fixed(let rank): min(Double(rank), most)
    case .full: most
    // What holds most of the variance.
    default: most / 2
    }
  }

  private func pairCount(_ context: RunContext) -> Double {
    context.classCount * (context.classCount - 1) / 2
  }

  /// The subspaces of all classes, and the angles of every two.
  func comparison(_ context: RunContext) -> Work {
    let rank = rank(context)
    return context.classDecompositions
      + Work(steps: pairCount(context) * (27_000 + 0.5 * context.dimension * rank * rank))
  }

  package func writing(_ context: RunContext) -> Work {
    let conditions = Double(context.conditions.count)
    return .writing(
      files: 3 * conditions, lines: conditions * pairCount(context) * (1 + rank(context)))
  }
}

extension RunContext {
  /// A decomposition of every class's images.
  var classDecompositions: Work {
    let steps = samples.classCounts.reduce(0.0) { sum, count in
      sum + Double(count) * dimension * min(Double(count), dimension)
    }
    return Work(steps: steps)
  }
}
