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
  ///
  /// In a simulation (480 worlds of 10, 20 and 47 classes) three deals of five folds found what was there
  /// as often as one or three of ten, in a third of the time of one.
  static let mostFolds = 5

  /// The fold of every class.
  let folds: [Int]
  let foldCount: Int

  /// Folds of classes.
  init(folds: [Int]) {
    self.folds = folds
    foldCount = (folds.max() ?? -1) + 1
    precondition(foldCount >= 3 && Set(folds).count == foldCount)
  }

  /// Classes dealt out to as many folds as there are, five at most, in a random order.
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

  /// The sums of a data set, and its training scales: without one fold, and without two.
  private struct Training {
    let predictors: LeveledPredictors
    let moments: [StratifiedMoments]
    let outer: [TrainingScale]
    /// Without folds a < b, those of b in a row.
    let inner: [TrainingScale]
  }

  private func training(_ predictors: LeveledPredictors) -> Training {
    let moments = predictors.moments(folds: folds, count: foldCount)
    var all = StratifiedMoments(strata: predictors.stratumCount, width: predictors.width)
    for fold in moments { all.add(fold) }
    let outer = moments.map { fold in
      var rest = all
      rest.add(fold, sign: -1)
      return rest
    }
    let inner = (1..<foldCount).flatMap { high in
      (0..<high).map { low in
        var rest = outer[high]
        rest.add(moments[low], sign: -1)
        return TrainingScale(rest)
      }
    }
    return Training(
      predictors: predictors, moments: moments, outer: outer.map { TrainingScale($0) },
      inner: inner)
  }

  /// Fits the coefficients of training rows under penalties of references and of further columns.
  private func fit(
    _ scale: TrainingScale, _ predictors: LeveledPredictors, _ choice: Choice,
    _ scratch: inout RidgeSystem.Scratch
  ) {
    // Where nothing differs all coefficients are 0, whatever the penalty.
    let unit = scale.size > 0 ? scale.size : 1
    let references = predictors.referenceCount
    scale.system.fit(&scratch) {
      unit * ($0 < references ? choice.references : choice.further)
    }
  }

  /// A penalty of the references and one of the further columns.
  private typealias Choice = (references: Double, further: Double)

  /// The best of its choices for each outer fold: that with the least error over the other folds, each
  /// predicted by those that are left.
  ///
  /// What is trained without two folds serves both, once with the one as outer fold and once with the other.
  private func best(_ training: Training, choices: [[Choice]]) -> [Choice] {
    var sums = choices.map { [Double](repeating: 0, count: $0.count) }
    var (place, scratch) = (0, RidgeSystem.Scratch())
    for high in 1..<foldCount {
      for low in 0..<high {
        let scale = training.inner[place]
        place += 1
        let heldLow = scale.system(training.moments[low])
        let heldHigh = scale.system(training.moments[high])
        for index in choices[high].indices {
          let (own, other) = (choices[high][index], choices[low][index])
          fit(scale, training.predictors, own, &scratch)
          sums[high][index] += heldLow.squaredError(scratch.coefficients)
          if own != other { fit(scale, training.predictors, other, &scratch) }
          sums[low][index] += heldHigh.squaredError(scratch.coefficients)
        }
      }
    }
    return zip(choices, sums).map { choices, sums in
      var best = 0
      // Only what is better by more than rounding is better: earlier choices are the simpler ones.
      for index in sums.indices where sums[index] < sums[best] * (1 - 1e-12) { best = index }
      return choices[best]
    }
  }

  /// Σ (y − ŷ)² and Σ (y − ȳ)² over all held-out classes.
  private func errors(_ training: Training, _ chosen: [Choice]) -> (error: Double, total: Double) {
    var (error, total, scratch) = (0.0, 0.0, RidgeSystem.Scratch())
    for (outer, choice) in chosen.enumerated() {
      let scale = training.outer[outer]
      let held = scale.system(training.moments[outer])
      fit(scale, training.predictors, choice, &scratch)
      error += held.squaredError(scratch.coefficients)
      total += held.outcomeSquare
    }
    return (error, total)
  }

  /// The choices for the further columns, the references' penalty kept.
  private func choices(_ baseline: Baseline) -> [[Choice]] {
    baseline.penalties.map { penalty in
      Self.penalties.map { (references: penalty, further: $0) }
    }
  }

  /// The model of the references alone.
  func baseline(_ predictors: LeveledPredictors) -> Baseline {
    let training = training(predictors)
    let choices = Self.penalties.map { (references: $0, further: Double.infinity) }
    let chosen = best(training, choices: [[Choice]](repeating: choices, count: foldCount))
    let (error, total) = errors(training, chosen)
    return Baseline(
      penalties: chosen.map(\.references), squaredError: error, totalSquare: total)
  }

  /// Σ (y − ŷ)² over the held-out classes of the model with further columns.
  func squaredError(_ predictors: LeveledPredictors, _ baseline: Baseline) -> Double {
    let training = training(predictors)
    return errors(training, best(training, choices: choices(baseline))).error
  }

  /// The coefficients of the model with further columns that an outer fold is predicted by: one a column,
  /// in the units of `TrainingScale`.
  func coefficients(
    _ predictors: LeveledPredictors, _ baseline: Baseline, outer: Int
  ) -> [Double] {
    let training = training(predictors)
    let chosen = best(training, choices: choices(baseline))[outer]
    var scratch = RidgeSystem.Scratch()
    fit(training.outer[outer], predictors, chosen, &scratch)
    return scratch.coefficients
  }
}
