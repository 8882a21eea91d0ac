public import Runs

/// The columns of `predictions.csv`.
public enum PredictionColumns {
  public static let path = Column<String>("path", "The image as the data set lists it.")
  public static let className = Column<String>("class", "Its true class.")
  public static let predicted = Column<String>(
    "predicted", "The class of the largest cosine with the image.")
  public static let confidence = Column<Double>(
    "confidence",
    "The probability of the predicted class: a softmax of cosines times the logit scale.")
  public static let rank = Column<Int>(
    "rank", "The rank of the true class by its cosine, from 1.")

  /// The file.
  public static let file = RunFile(
    "predictions.csv", "What every image is taken for, a row an image and condition.",
    columns: [path, className] + ConditionColumns.all + [predicted, confidence, rank])
}

/// The columns of `confusion/CONDITION.csv`.
public enum ConfusionColumns {
  public static let className = Column<String>("class", "The true class.")

  /// How many images of the row's class are taken for another.
  package static func predicted(_ name: String) -> Column<Int> {
    Column(name, "How many images are taken for \(name).")
  }

  /// The files.
  public static let file = RunFile(
    "confusion/CONDITION.csv",
    "How many images of a class are taken for which, a row a true class.",
    columns: [className],
    furtherColumns:
      "a column a predicted class, in the order of classes.csv: how many images are taken for it")
}
