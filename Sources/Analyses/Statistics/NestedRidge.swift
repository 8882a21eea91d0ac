/// How well a ridge model predicts the outcome of classes that it has not seen, from the references alone
/// and with further columns.
///
/// Outer folds hold classes out, under all conditions. Within the other folds, each in turn held out too,
/// the penalty is chosen: first that of the references, then, with that kept, that of the further columns,
/// which may be infinite (they are left out). The two models are thus nested, and further columns that are
/// worth nothing cost little. Columns are standardised by the classes of each training set
/// (`TrainingScale`).
struct NestedRidge: Sendable {
  /// The penalties that are tried, a row and unit of variance; the largest of those that are equally good
  /// is taken.
  static let penalties = [.infinity, 10, 3, 1, 0.3, 0.1, 0.03, 0.01]
  /// The most folds.
  static let mostFolds = 10

  /// The fold of every class.
  let folds: [Int]
  let foldCount: Int

  /// Folds of classes.
  init(folds: [Int]) {
    self.folds = folds
    foldCount = (folds.max() ?? -1) + 1
    precondition(foldCount >= 3 && Set(folds).count == foldCount)
  }

  /// Classes dealt out to as many folds as there are, ten at most, in a random order.
  init(order: [Int]) {
    let count = min(order.count, Self.mostFolds)
    var folds = [Int](repeating: 0, count: order.count)
    for (place, label) in order.enumerated() { folds[label] = place % count }
    self.init(folds: folds)
  }

  /// What the model of the references alone makes of the classes.
  struct Baseline: Sendable {
    /// The penalty chosen without each outer fold.
    let penalties: [Double]
    /// Σ (y − ŷ)² over the held-out classes.
    let squaredError: Double
    /// Σ (y − ȳ)² of the same, ȳ the training classes' mean in the stratum.
    let totalSquare: Double
  }

  /// The training scales of a data set: without one fold, and without two.
  private struct Training {
    let moments: [StratifiedMoments]
    let outer: [TrainingScale]
    /// Without folds a < b, at the place of the pair.
    let inner: [TrainingScale]
  }

  private func place(_ a: Int, _ b: Int) -> Int {
    let (low, high) = (min(a, b), max(a, b))
    return high * (high - 1) / 2 + low
  }

  private func training(_ predictors: LeveledPredictors) -> Training {
    let moments = predictors.moments(folds: folds, count: foldCount)
    func without(_ held: [Int]) -> TrainingScale {
      var rest = StratifiedMoments(strata: predictors.stratumCount, width: predictors.width)
      for fold in 0..<foldCount where !held.contains(fold) { rest.add(moments[fold]) }
      return TrainingScale(rest)
    }
    return Training(
      moments: moments, outer: (0..<foldCount).map { without([$0]) },
      inner: (1..<foldCount).flatMap { high in (0..<high).map { without([$0, high]) } })
  }

  /// The penalty of each column: of references, and of further ones.
  private func penalties(
    _ predictors: LeveledPredictors, _ references: Double, _ further: Double, size: Double
  ) -> [Double] {
    // Where nothing differs all coefficients are 0, whatever the penalty.
    let unit = size > 0 ? size : 1
    return [Double](repeating: references * unit, count: predictors.referenceCount)
      + [Double](repeating: further * unit, count: predictors.furtherCount)
  }

  /// The errors of both penalties' models for fold `inner` when it and `outer` are held out.
  private func innerErrors(
    _ training: Training, _ predictors: LeveledPredictors, outer: Int, inner: Int,
    choices: [(references: Double, further: Double)]
  ) -> [Double] {
    let scale = training.inner[place(outer, inner)]
    let held = scale.system(training.moments[inner])
    return choices.map {
      held.squaredError(
        scale.system.coefficients(
          penalties(predictors, $0.references, $0.further, size: scale.size)))
    }
  }

  /// The best of the choices for an outer fold.
  private func best(
    _ training: Training, _ predictors: LeveledPredictors, outer: Int,
    choices: [(references: Double, further: Double)]
  ) -> Int {
    var sums = [Double](repeating: 0, count: choices.count)
    for inner in 0..<foldCount where inner != outer {
      let errors = innerErrors(
        training, predictors, outer: outer, inner: inner, choices: choices)
      for index in sums.indices { sums[index] += errors[index] }
    }
    var best = 0
    // Only what is better by more than rounding is better: earlier choices are the simpler ones.
    for index in sums.indices where sums[index] < sums[best] * (1 - 1e-12) { best = index }
    return best
  }

  private func outerError(
    _ training: Training, _ predictors: LeveledPredictors, outer: Int, _ references: Double,
    _ further: Double
  ) -> (error: Double, total: Double) {
    let scale = training.outer[outer]
    let held = scale.system(training.moments[outer])
    let coefficients = scale.system.coefficients(
      penalties(predictors, references, further, size: scale.size))
    return (held.squaredError(coefficients), held.outcomeSquare)
  }

  /// The model of the references alone.
  func baseline(_ predictors: LeveledPredictors) -> Baseline {
    let training = training(predictors)
    let choices = Self.penalties.map { (references: $0, further: Double.infinity) }
    var (chosen, error, total) = ([Double](), 0.0, 0.0)
    for outer in 0..<foldCount {
      let penalty = choices[best(training, predictors, outer: outer, choices: choices)].references
      let held = outerError(training, predictors, outer: outer, penalty, .infinity)
      chosen.append(penalty)
      error += held.error
      total += held.total
    }
    return Baseline(penalties: chosen, squaredError: error, totalSquare: total)
  }

  /// Σ (y − ŷ)² over the held-out classes of the model with further columns.
  func squaredError(_ predictors: LeveledPredictors, _ baseline: Baseline) -> Double {
    let training = training(predictors)
    var error = 0.0
    for outer in 0..<foldCount {
      let further = further(training, predictors, baseline, outer: outer)
      error +=
        outerError(training, predictors, outer: outer, baseline.penalties[outer], further).error
    }
    return error
  }

  private func further(
    _ training: Training, _ predictors: LeveledPredictors, _ baseline: Baseline, outer: Int
  ) -> Double {
    let choices = Self.penalties.map { (references: baseline.penalties[outer], further: $0) }
    return choices[best(training, predictors, outer: outer, choices: choices)].further
  }

  /// The coefficients of the model with further columns that an outer fold is predicted by: one a column,
  /// in the units of `TrainingScale`.
  func coefficients(
    _ predictors: LeveledPredictors, _ baseline: Baseline, outer: Int
  ) -> [Double] {
    let training = training(predictors)
    let scale = training.outer[outer]
    return scale.system.coefficients(
      penalties(
        predictors, baseline.penalties[outer],
        further(training, predictors, baseline, outer: outer), size: scale.size))
  }
}
