import Analyses
import Runs

/// What the pairs of a partition say beside the labels: columns of several tables.
enum PairScoreColumns {
  static let precision = Column<Double?>(
    "precision", "The share of pairs in one cluster that have one label.")
  static let recall = Column<Double?>(
    "recall", "The share of pairs of one label that are in one cluster.")
  static let f1 = Column<Double?>("f1", "The harmonic mean of precision and recall.")

  static let all: [any ColumnDeclaration] = [precision, recall, f1]

  /// Their cells; empty without labels.
  static func cells(_ counts: PairCounts?) -> [TableCell] {
    [precision(counts?.precision), recall(counts?.recall), f1(counts?.f1)]
  }
}

/// The results of a linkage by its inputs: `linkage.csv`.
enum LinkageColumns {
  static let input = Column<String>("input", "What records are compared by, or the baseline.")
  static let imageWeight = Column<Double?>(
    "image_weight", "w, the image's part of the embedding; empty for the baseline.")
  static let threshold = Column<Double>(
    "threshold", "The largest 1 − cosine that links; of the baseline the least Jaccard index.")
  static let plateauLow = Column<Double?>(
    "plateau_low", "The least threshold with the same validation index.")
  static let plateauHigh = Column<Double?>("plateau_high", "The first threshold above them.")
  static let validation = Column<Double?>(
    "validation_adjusted_rand_index", "The adjusted Rand index on the validation records.")
  static let clusters = Column<Int>("clusters", "The clusters of the test records.")
  static let adjustedRandIndex = Column<Double?>(
    "adjusted_rand_index", "The adjusted Rand index of clusters and labels.")
  static let mutualInformation = Column<Double?>(
    "normalized_mutual_information", "The mutual information of clusters and labels, normalised.")
  static let ceiling = Column<Double?>(
    "ceiling_adjusted_rand_index", "What the best threshold for the test records would have given.")
  static let ceilingThreshold = Column<Double?>("ceiling_threshold", "That threshold.")

  static let file = RunFile(
    "linkage.csv", "A row an input: the threshold, how it was chosen, and what the labels say.",
    columns: [
      input, imageWeight, threshold, plateauLow, plateauHigh, validation, clusters,
      adjustedRandIndex,
    ] + PairScoreColumns.all + [mutualInformation, ceiling, ceilingThreshold])
}

/// The cluster of every test record: `clusters.csv`.
enum ClusterColumns {
  static let row = Column<Int>("row", "The record, from 0.")
  static let image = Column<String>("image_path", "Its image as listed.")
  static let label = Column<String?>("label", "Its label; empty when it has none.")

  static let file = RunFile(
    "clusters.csv", "The cluster of every test record.", columns: [row, image, label],
    furtherColumns: "a column an input: the number of the record's cluster")
}

/// The pairs that made the clusters: `links.csv`.
enum LinkColumns {
  static let input = Column<String>("input", "What the records were compared by.")
  static let first = Column<Int>("first", "A record's row.")
  static let second = Column<Int>("second", "The other's.")
  static let distance = Column<Double>("distance", "1 − cosine of their embeddings.")

  static let file = RunFile(
    "links.csv", "The links that joined clusters, shortest first.",
    columns: [input, first, second, distance])
}

/// Every threshold on the validation records: `thresholds.csv`.
enum ThresholdColumns {
  static let input = Column<String>("input", "What the records are compared by.")
  static let low = Column<Double>("low", "From this threshold on.")
  static let high = Column<Double>("high", "Below this one the clusters are the same.")
  static let clusters = Column<Int>("clusters", "Their number.")
  static let adjustedRandIndex = Column<Double>(
    "adjusted_rand_index", "Their adjusted Rand index with the labels.")

  static let file = RunFile(
    "thresholds.csv", "Every step of the threshold on the validation records.",
    columns: [input, low, high, clusters, adjustedRandIndex] + PairScoreColumns.all)
}

/// The image weights that were tried: `weights.csv`.
enum WeightColumns {
  static let weight = Column<Double>("image_weight", "w, the image's part.")
  static let validation = Column<Double>(
    "validation_adjusted_rand_index", "The best adjusted Rand index on the validation records.")

  static let file = RunFile(
    "weights.csv", "The image weights that the search tried.", columns: [weight, validation])
}

/// The baseline by word n-grams in common: `jaccard.csv`.
enum JaccardColumns {
  static let words = Column<Int>("words", "The words of an n-gram.")
  static let threshold = Column<Double>("threshold", "The least Jaccard index that links.")
  static let linked = Column<Int?>("linked_pairs", "The pairs that are linked themselves.")
  static let pairPrecision = Column<Double?>("pair_precision", "Those of one label, as a share.")
  static let pairRecall = Column<Double?>("pair_recall", "The share of pairs of one label linked.")
  static let pairF1 = Column<Double?>("pair_f1", "The harmonic mean of both.")
  static let clusters = Column<Int>("clusters", "The clusters that they make.")
  static let adjustedRandIndex = Column<Double?>(
    "adjusted_rand_index", "Their adjusted Rand index with the labels.")
  static let validation = Column<Double?>(
    "validation_adjusted_rand_index", "The adjusted Rand index on the validation records.")

  static let file = RunFile(
    "jaccard.csv", "The baseline, a row a place in its grid.",
    columns: [
      words, threshold, linked, pairPrecision, pairRecall, pairF1, clusters, adjustedRandIndex,
    ] + PairScoreColumns.all + [validation])
}
