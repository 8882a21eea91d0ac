package import Runs

/// The columns of `geometry.csv`.
package enum GeometryColumns {
  package static let count = Column<Int>("count", in: 0..., "How many images there are.")
  package static let overlapNeighbors = Column<Int>(
    "overlap_neighbors", in: 0..., "The nearest neighbours an image that neighbor_overlap compares."
  )
  package static let dimensionNeighbors = Column<Int>(
    "dimension_neighbors", in: 0...,
    "The nearest neighbours an image that mle_dimension is made of.")
  package static let alignment = Column<Double?>(
    "cka", in: 0...1,
    "Linear centred kernel alignment with the clean embeddings, 0 to 1 (Kornblith et al. 2019); empty, as "
      + "the four behind it, without clean images.")
  package static let unbiasedAlignment = Column<Double?>(
    "cka_unbiased",
    "The same by the unbiased estimate of HSIC (Song et al. 2012), which few samples do not raise; it may "
      + "be slightly negative.")
  package static let procrustes = Column<Double?>(
    "procrustes", in: 0...1,
    "What no rotation, reflection, translation or scaling onto the clean embeddings explains: the disparity, "
      + "0 to 1.")
  package static let neighborOverlap = Column<Double?>(
    "neighbor_overlap", in: 0...1,
    "The share of an image's nearest neighbours that it has among the clean images too, the mean.")
  package static let pairedSquaredDistance = Column<Double?>(
    "paired_squared_distance", in: 0...4,
    "The mean squared Euclidean distance of the unit rows from their clean ones, 0 to 4.")
  package static let classAlignment = Column<Double?>(
    "alignment", in: 0...4,
    "The mean squared distance of two images of one class, 0 to 4 (Wang and Isola 2020); empty where every "
      + "class has one image.")
  package static let uniformity = Column<Double>(
    "uniformity", in: -8...0,
    "ln of the mean of exp(−2 ‖x − y‖²) over all pairs, −8 to 0, lower for a more even sphere (Wang and "
      + "Isola 2020).")
  package static let modalityGap = Column<Double?>(
    "modality_gap", in: 0...2,
    "The distance of the images' mean from the classes' mean, 0 to 2 (Liang et al. 2022); empty without "
      + "embeddings of the classes.")
  package static let twoNN = Column<Double?>(
    "two_nn", in: 0...(.infinity),
    "The intrinsic dimension by the two nearest neighbours (Facco et al. 2017); empty where fewer than ten "
      + "images differ from their neighbours.")
  package static let twoNNLeftOut = Column<Int?>(
    "two_nn_left_out", in: 0..., "The images left out of two_nn, equal to their nearest neighbour.")
  package static let likelihoodDimension = Column<Double?>(
    "mle_dimension", in: 0...(.infinity),
    "The intrinsic dimension by maximum likelihood (Levina and Bickel 2004); empty as two_nn is.")
  package static let cosineMean = Column<Double?>(
    "cosine_mean", in: -1...1,
    "The mean cosine of two images, duplicates left out; empty where every pair is one.")
  package static let cosineDeviation = Column<Double?>(
    "cosine_deviation", in: 0...1, "The standard deviation of those cosines.")
  package static let cosineDuplicates = Column<Int>(
    "cosine_duplicates", in: 0..., "The pairs of cosine 0.999 or more: duplicates.")

  /// The file.
  package static let file = RunFile(
    "geometry.csv",
    "The embeddings as wholes, compared with the clean ones and by themselves, a row a condition.",
    columns: ConditionColumns.all + [
      count, overlapNeighbors, dimensionNeighbors, alignment, unbiasedAlignment, procrustes,
      neighborOverlap, pairedSquaredDistance, classAlignment, uniformity, modalityGap, twoNN,
      twoNNLeftOut, likelihoodDimension, cosineMean, cosineDeviation, cosineDuplicates,
    ])
  /// The same in JSON.
  package static let json = RunFile(
    "geometry.json", "The rows of geometry.csv as objects, and the settings they were made with.")
}

/// The columns of `cosines.csv`.
package enum CosineColumns {
  package static let low = Column<Double>("bin_low", in: -1...1, "The least cosine of the bin.")
  package static let high = Column<Double>(
    "bin_high", in: -1...1, "The end of the bin, which belongs to the next one but for the last.")
  package static let count = Column<Int>(
    "count", in: 0...,
    "How many pairs of images have such a cosine, duplicates (0.999 and more) left out.")

  /// The file.
  package static let file = RunFile(
    "cosines.csv",
    "A histogram of the cosines of all pairs of images, a condition after the other.",
    columns: ConditionColumns.all + [low, high, count])
}
