import Analyses
package import Runs

/// The columns of accuracy and calibration: of a condition in `accuracy.csv`, of a level in `levels.csv`.
package enum AccuracyColumns {
  /// The number of images.
  package static let count = Column<Int>("count", in: 0..., "How many images there are.")
  /// Top-1 accuracy.
  package static let top1 = EstimateColumns<Double>(
    "top1", in: 0...1, "The share of images whose true class has the largest cosine with them.")
  /// Top-5 accuracy.
  package static let top5 = EstimateColumns<Double>(
    "top5", in: 0...1,
    "The share of images whose true class is among the five of the largest cosines.")
  /// Mean accuracy of the classes.
  package static let meanPerClass = EstimateColumns<Double>(
    "mean_per_class", in: 0...1, "The mean over classes of the top-1 accuracy of their images.")

  /// Expected calibration error.
  package static let expectedCalibrationError = Column<Double?>(
    "ece", in: 0...1,
    "The expected calibration error: the mean of |accuracy − confidence| over 15 bins of equal width, of several "
      + "seeds the mean of theirs; above 0 for a calibrated model too.")
  /// What a calibrated model has.
  package static let chanceCalibrationError = Column<Double?>(
    "ece_expected", in: 0...1,
    "Its mean for a calibrated model of the same confidences, whose labels are drawn from them.")
  /// Expected calibration error less that.
  package static let debiasedCalibrationError = Column<Double?>(
    "ece_debiased", in: -1...1,
    "ece less ece_expected: 0 in the mean for a calibrated model, negative where the error is smaller than that of one."
  )
  /// How probable so large an error is.
  package static let calibrationP = Column<Double?>(
    "ece_p", in: 0...1, "The probability that a calibrated model has an ece as large, or larger.")
  /// Expected calibration error with adaptive bins.
  package static let adaptiveCalibrationError = Column<Double?>(
    "ece_adaptive", in: 0...1,
    "The expected calibration error over 15 bins of equal counts of images.")
  /// The same less what a calibrated model has.
  package static let debiasedAdaptiveError = Column<Double?>(
    "ece_adaptive_debiased", in: -1...1,
    "The same less its mean for a calibrated model.")
  /// Brier score.
  package static let brierScore = EstimateColumns<Double?>(
    "brier", in: 0...2, "The mean Brier score Σ (p_j − y_j)² over all classes, from 0 to 2.")
  /// Negative log-likelihood.
  package static let negativeLogLikelihood = EstimateColumns<Double?>(
    "nll", unit: "nats", in: 0..., "The mean of −ln of the probability of the true class.")

  /// The fitted temperature.
  package static let temperature = Column<Double?>(
    "temperature", in: 0...,
    "What logits are divided by before scaled probabilities, fitted on clean images: of the split val, or "
      + "the mean over folds of all.")
  /// The images that calibration is of.
  package static let scaledCount = Column<Int?>(
    "scaled_count", in: 0...,
    "How many images calibration is of: those that the temperature is not fitted on.")
  /// Expected calibration error after scaling.
  package static let scaledCalibrationError = Column<Double?>(
    "ece_scaled", in: 0...1, "The expected calibration error of scaled probabilities.")
  /// The same less what a calibrated model has.
  package static let scaledDebiasedError = Column<Double?>(
    "ece_scaled_debiased", in: -1...1, "The same less its mean for a calibrated model.")
  /// Brier score after scaling.
  package static let scaledBrierScore = Column<Double?>(
    "brier_scaled", in: 0...2, "The mean Brier score of scaled probabilities.")
  /// Negative log-likelihood after scaling.
  package static let scaledLogLikelihood = Column<Double?>(
    "nll_scaled", unit: "nats", in: 0...,
    "The mean negative log-likelihood of scaled probabilities.")

  /// All but the number of images: numbers first, then the ends of their intervals.
  static let statistics: [any ColumnDeclaration] =
    [
      top1.estimate, top5.estimate, meanPerClass.estimate, expectedCalibrationError,
      chanceCalibrationError, debiasedCalibrationError, calibrationP, adaptiveCalibrationError,
      debiasedAdaptiveError, brierScore.estimate, negativeLogLikelihood.estimate, temperature,
      scaledCount, scaledCalibrationError, scaledDebiasedError, scaledBrierScore,
      scaledLogLikelihood,
    ] + top1.intervals + top5.intervals + meanPerClass.intervals + brierScore.interval
    + negativeLogLikelihood.interval

  /// The cells of those columns.
  static func cells(_ statistics: AccuracyStatistics) -> [TableCell] {
    let (scaled, errors) = (statistics.scaled, statistics.calibrationErrors)
    let numbers: [TableCell] = [
      top1.estimate(statistics.top1.value), top5.estimate(statistics.top5.value),
      meanPerClass.estimate(statistics.meanPerClass.value),
      expectedCalibrationError(errors?.equalWidth.value),
      chanceCalibrationError(errors?.equalWidth.expected),
      debiasedCalibrationError(errors?.equalWidth.debiased),
      calibrationP(errors?.equalWidth.pValue),
      adaptiveCalibrationError(errors?.equalCount.value),
      debiasedAdaptiveError(errors?.equalCount.debiased),
      brierScore.estimate(statistics.brierScore?.value),
      negativeLogLikelihood.estimate(statistics.negativeLogLikelihood?.value),
      temperature(scaled?.temperature), scaledCount(scaled?.count),
      scaledCalibrationError(scaled?.calibrationError.value),
      scaledDebiasedError(scaled?.calibrationError.debiased),
      scaledBrierScore(scaled?.brierScore), scaledLogLikelihood(scaled?.negativeLogLikelihood),
    ]
    return numbers + top1.intervals(statistics.top1) + top5.intervals(statistics.top5)
      + meanPerClass.intervals(statistics.meanPerClass)
      + brierScore.interval(statistics.brierScore?.interval)
      + negativeLogLikelihood.interval(statistics.negativeLogLikelihood?.interval)
  }

  /// Those of every condition.
  package static let file = RunFile(
    "accuracy.csv", "Zero-shot accuracy and calibration, a row a condition.",
    columns: ConditionColumns.all + [count] + statistics)
  /// The same for a person.
  package static let markdown = RunFile(
    "accuracy.md", "The main columns of accuracy.csv as a table in Markdown, to four digits.")
  /// The same for a paper.
  package static let latex = RunFile(
    "accuracy.tex", "The main columns of accuracy.csv as a booktabs table in LaTeX, to four digits."
  )
}
