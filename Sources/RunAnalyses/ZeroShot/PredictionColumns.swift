package import Runs

/// The columns of `predictions.csv`.
package enum PredictionColumns {
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let className = Column<String>("class", "Its true class.")
  package static let predicted = Column<String>(
    "predicted", "The class of the largest cosine with the image.")
  package static let confidence = Column<Double>(
    "confidence", in: 0...1,
    "The probability of the predicted class: a softmax of cosines times the logit scale.")
  package static let rank = Column<Int>(
    "rank", in: 1..., "The rank of the true class by its cosine, from 1.")

  /// The file.
  package static let file = RunFile(
    "predictions.csv", "What every image is taken for, a row an image and condition.",
    columns: [path, className] + ConditionColumns.all + [predicted, confidence, rank])
}

/// The columns of `confusion/CONDITION.csv`.
package enum ConfusionColumns {
  package static let className = Column<String>("class", "The true class.")

  /// The most classes that the table has a column for each of: of 10,000 it would be 200 MB.
  package static let mostClasses = 500

  /// How many images of the row's class are taken for another.
  ///
  /// A class that is called as the first column, or so with underscores behind, gets one more: no two columns
  /// are called alike.
  package static func predicted(_ name: String) -> Column<Int> {
    let isTaken =
      name.hasPrefix(className.name)
      && name.dropFirst(className.name.count).allSatisfy { $0 == "_" }
    return Column(isTaken ? name + "_" : name, in: 0..., "How many images are taken for \(name).")
  }

  /// The files.
  package static let file = RunFile(
    "confusion/CONDITION.csv",
    "How many images of a class are taken for which, a row a true class; of more than \(mostClasses) classes "
      + "confusion-pairs/CONDITION.csv is written instead.",
    columns: [className],
    furtherColumns:
      "a column a predicted class, in the order of classes.csv: how many images are taken for it")
}

/// The columns of `confusion-pairs/CONDITION.csv`.
package enum ConfusionPairColumns {
  package static let className = Column<String>("class", "The true class.")
  package static let predicted = Column<String>(
    "predicted", "The class that images are taken for; the same where they are right.")
  package static let count = Column<Int>("count", "How many images, one at least.")

  /// The files.
  package static let file = RunFile(
    "confusion-pairs/CONDITION.csv",
    "How many images of a class are taken for which, where there are more than "
      + "\(ConfusionColumns.mostClasses) classes: a row a true and a predicted class that go together at least "
      + "once, in the order of classes.csv.",
    columns: [className, predicted, count])
}
