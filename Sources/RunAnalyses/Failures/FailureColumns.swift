package import Runs

/// The columns of `failures.csv`.
package enum FailureColumns {
  package static let row = Column<Int>("row", in: 0..., "The row of samples.csv.")
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let className = Column<String>("class", "Its true class.")
  package static let predicted = Column<String>(
    "predicted", "The class that it is taken for under the noise.")
  package static let wrong = Column<Bool>(
    "wrong", "Whether that is another than its own.")
  package static let flipped = Column<Bool>(
    "flipped", "Whether that is another than the clean image is taken for, right or wrong.")
  package static let displacement = Column<Double>(
    "displacement", in: 0...2, "1 − cosine of the noisy and the clean embedding.")
  package static let neighborLoss = Column<Double>(
    "neighbor_loss", in: 0...1,
    "The share of its nearest neighbours among the clean images (failures.neighbors, 10) that are "
      + "not among as "
      + "many nearest of the noisy image among the images of its condition.")
  package static let cleanMargin = Column<Double>(
    "margin_clean", in: 0...2,
    "The largest cosine of the clean image with a class less the second largest.")
  package static let margin = Column<Double>(
    "margin", in: 0...2, "The same of the noisy image.")
  package static let cleanConfidence = Column<Double>(
    "confidence_clean", in: 0...1, "The probability of the clean image's predicted class.")
  package static let confidence = Column<Double>(
    "confidence", in: 0...1, "The same of the noisy image.")
  package static let cleanDimension = Column<Double?>(
    "dimension_clean", in: 0...(.infinity),
    "The local intrinsic dimension around the clean image among the clean ones, by maximum likelihood "
      + "(Levina and Bickel 2004) from its nearest neighbours (failures.dimension-neighbors, 20); "
      + "empty where it "
      + "coincides with a neighbour, or all are at one distance.")
  package static let dimension = Column<Double?>(
    "dimension", in: 0...(.infinity),
    "The same around the noisy image among the images of its condition.")
  package static let predictedDistance = Column<Double?>(
    "predicted_distance", in: 0...2,
    "The Euclidean distance of the noisy embedding from the mean of the clean embeddings of the "
      + "predicted class, "
      + "the image itself left out; empty where the class has no other image.")

  /// The file.
  package static let file = RunFile(
    "failures.csv",
    "What may tell that an image is classified wrongly, a row an image and noisy condition.",
    columns: ConditionColumns.all + [
      row, path, className, predicted, wrong, flipped, displacement, neighborLoss, cleanMargin,
      margin, cleanConfidence, confidence, cleanDimension, dimension, predictedDistance,
    ])
}
