package import Runs

/// The columns of `probes.csv`.
package enum ProbeColumns {
  package static let probe = Column<String>(
    "probe", "knn: a vote of the nearest clean images; linear: multinomial logistic regression.")
  package static let neighbors = Column<Int?>(
    "neighbors", in: 1..., "How many nearest images vote; empty for linear.")
  package static let c = Column<Double?>(
    "c", in: 0..., "The C that was chosen, of several folds the lower median; empty for knn.")
  package static let training = Column<Int>(
    "training", in: 0...,
    "How many clean images a prediction is learnt from, of several folds the fewest; never the image itself "
      + "nor its clean twin.")
  package static let count = Column<Int>("count", in: 0..., "How many images are told.")
  package static let chance = Column<Double>(
    "chance", in: 0...1,
    "The share of the most frequent class among them: the accuracy of guessing it.")
  package static let accuracy = EstimateColumns<Double>(
    "accuracy", in: 0...1, "The share of those images whose class is told.")
  package static let loss = EstimateColumns<Double?>(
    "loss", in: -1...1,
    "The accuracy on the same images when clean less this one; empty for the clean ones.")

  /// The file.
  package static let file = RunFile(
    "probes.csv",
    "How well classes can be told from clean embeddings alone, without text: a row a condition and probe. The "
      + "intervals are over images, the probes as they are.",
    columns: ConditionColumns.all + [
      probe, neighbors, c, training, count, chance, accuracy.estimate, loss.estimate,
    ] + accuracy.intervals + loss.intervals)
}

/// The columns of `probe-folds.csv`.
package enum ProbeFoldColumns {
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let fold = Column<Int>(
    "fold", in: 0...,
    "The fold that it is in, from 0: the linear probe that tells it is fitted without that."
  )

  /// The file.
  package static let file = RunFile(
    "probe-folds.csv",
    "The folds of the linear probe, stratified by class; not there where the split train trains it.",
    columns: [path, fold])
}

/// The columns of `probe-fits.csv`.
package enum ProbeFitColumns {
  package static let fold = Column<Int?>(
    "fold", in: 0..., "The fold that it tells; empty where the split train trains it.")
  package static let evaluated = Column<String>(
    "evaluated", "The splits of the images that it tells; the word folds for those of its fold.")
  package static let c = Column<Double>(
    "c", in: 0..., "C, chosen by the accuracy on the validation images; of equal ones the least.")
  package static let validation = Column<Int>(
    "validation", in: 0...,
    "How many images chose it: of the split val, else of another fold, which no probe of the choice has seen."
  )
  package static let validationAccuracy = Column<Double?>(
    "validation_accuracy", in: 0...1, "The accuracy on them; empty where there are none.")
  package static let training = Column<Int>(
    "training", in: 0..., "How many images it is fitted on.")
  package static let classes = Column<Int>(
    "classes", in: 0..., "How many classes those have; images of others are never told.")
  package static let objective = Column<Double>(
    "objective", in: 0...,
    "C Σ loss + ½ ‖W‖² at the minimum, as scikit-learn's LogisticRegression has it.")
  package static let gradientNorm = Column<Double>(
    "gradient_norm", in: 0..., "The Euclidean norm of its gradient there.")
  package static let iterations = Column<Int>(
    "iterations", in: 0..., "The steps of L-BFGS of the last fit.")

  /// The file.
  package static let file = RunFile(
    "probe-fits.csv", "The linear probes: how C was chosen, and how far the fit went.",
    columns: [
      fold, evaluated, c, validation, validationAccuracy, training, classes, objective,
      gradientNorm, iterations,
    ])
}
