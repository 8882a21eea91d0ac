package import Runs

/// The columns of `predictions.csv`.
package enum PredictionColumns {
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let className = Column<String>("class", "Its true class.")
  package static let predicted = Column<String>(
    "predicted", "The class of the largest cosine with the image.")
  package static let confidence = Column<Double>(
    "confidence",
    "The probability of the predicted class: a softmax of cosines times the logit scale.")
  package static let rank = Column<Int>(
    "rank", "The rank of the true class by its cosine, from 1.")

  /// The file.
  package static let file = RunFile(
    "predictions.csv", "What every image is taken for, a row an image and condition.",
    columns: [path, className] + ConditionColumns.all + [predicted, confidence, rank])
}

/// The columns of `confusion/CONDITION.csv`.
package enum ConfusionColumns {
  package static let className = Column<String>("class", "The true class.")

  /// How many images of the row's class are taken for another.
  ///
  /// A class that is called as the first column, or so with underscores behind, gets one more: no two columns
  /// are called alike.
  package static func predicted(_ name: String) -> Column<Int> {
    let isTaken =
      name.hasPrefix(className.name)
      && name.dropFirst(className.name.count).allSatisfy { $0 == "_" }
    return Column(isTaken ? name + "_" : name, "How many images are taken for \(name).")
  }

  /// The files.
  package static let file = RunFile(
    "confusion/CONDITION.csv",
    "How many images of a class are taken for which, a row a true class.",
    columns: [className],
    furtherColumns:
      "a column a predicted class, in the order of classes.csv: how many images are taken for it")
}
