import Runs

extension RunContext {
  /// The embeddings of a condition as a whole: cosines and neighbours of all pairs, and products over the dimensions.
  var comparisonOfAll: Work {
    Work(
      steps: 3e6 + 0.08 * imageCount * imageCount * dimension
        + 0.1 * imageCount * dimension * dimension)
  }
}
