package import Runs

extension LayoutRecipe {
  /// The layout of so many points.
  func work(points: Int, dimension: Double) -> Work {
    let count = Double(points)
    let components = Work(steps: 0.3 * count * dimension * min(count, dimension))
    let neighbors = Work(steps: 0.02 * count * min(count, 2e4) * dimension)
    switch method {
    case .pca: return components
    case .tsne:
      // Forces by a grid whose nodes grow with the points.
      let perIteration = count * (70 + 0.05 * min(count, 4000))
      return components + neighbors + Work(steps: Double(iterations) * perIteration)
    case .umap:
      let rounds = Double(epochs ?? (points <= 10_000 ? 500 : 200))
      return neighbors + Work(steps: 14 * rounds * count * Double(neighborCount ?? 15))
    }
  }

  /// How far a layout of so many points is to be trusted: ranks of all pairs, of a sample of rows where they are many.
  static func measuring(points: Int) -> Work {
    let count = Double(points)
    return Work(steps: 19 * count * min(count, 5000))
  }
}

extension LayoutsAnalysis {
  package func writing(_ context: RunContext) -> Work {
    let frames = settings.isJoint && context.conditions.count > 1 ? 2.0 : 1
    let files = Double(settings.recipes.count * context.conditions.count) * frames
    return .writing(files: files, lines: files * context.imageCount)
  }
}
