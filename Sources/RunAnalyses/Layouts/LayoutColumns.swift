package import Runs

/// The columns of `layouts/METHOD[-sample][-joint]-CONDITION.csv`.
package enum LayoutColumns {
  package static let row = Column<Int>("row", in: 0..., "The image's row in samples.csv.")
  package static let x = Column<Float>(
    "x", "The horizontal position; units and origin are the method's and mean nothing.")
  package static let y = Column<Float>("y", "The vertical position.")

  /// The files.
  package static let file = RunFile(
    FilePattern(
      "layouts/METHOD[-sample][-joint]-CONDITION.csv",
      words: ["METHOD": LayoutMethod.allCases.map(\.rawValue)]),
    "The images in the plane by METHOD (tsne, umap, pca): of all classes or a sample of them, and each "
      + "condition by itself and moved onto the clean one, or (joint) all in one fit.",
    columns: [row, x, y])

  /// The file of a layout, as a path in the run directory.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - isSample: Whether it shows the sample of classes alone.
  ///   - isJoint: Whether all conditions were laid out in one fit.
  ///   - condition: The condition.
  /// - Returns: `layouts/umap-sample-joint-gaussian-1-s0.csv`, for example.
  package static func path(
    _ method: LayoutMethod, isSample: Bool, isJoint: Bool, _ condition: Condition
  ) -> String {
    "layouts/\(stem(method, isSample: isSample, isJoint: isJoint))-\(condition.name).csv"
  }

  /// The beginning of the names of those files: `umap-sample-joint`, for example.
  package static func stem(_ method: LayoutMethod, isSample: Bool, isJoint: Bool) -> String {
    method.rawValue + (isSample ? "-sample" : "") + (isJoint ? "-joint" : "")
  }
}

/// The columns of `layouts/quality.csv`.
package enum LayoutQualityColumns {
  package static let method = Column<String>("method", "The method: tsne, umap or pca.")
  package static let frame = Column<String>(
    "frame",
    "own: the condition was laid out by itself and moved onto the clean layout; joint: all conditions by one "
      + "fit.")
  package static let scope = Column<String>(
    "scope", "all: all images; sample: those of the sample of classes.")
  package static let points = Column<Int>("points", in: 0..., "How many images the layout shows.")
  package static let trustworthiness = Column<Double>(
    "trustworthiness", in: -1...1,
    "1 when the nearest points in the plane are near in the embedding, less for every intruder (Venna and "
      + "Kaski 2001).")
  package static let continuity = Column<Double>(
    "continuity", in: -1...1, "1 when the nearest points of the embedding are near in the plane.")
  package static let recall = Column<Double>(
    "recall_10", in: 0...1,
    "The share of the ten nearest neighbours that are among the ten nearest in the plane.")
  package static let silhouette = Column<Double?>(
    "silhouette", in: -1...1,
    "The mean silhouette by class in the plane, −1 to 1; empty for one class or classes of one image each."
  )
  package static let neighbors = Column<Int>(
    "neighbors", in: 0..., "The neighbours that trustworthiness and continuity look at.")
  package static let sampledRows = Column<Int>(
    "sampled_rows", in: 0...,
    "At how many images trustworthiness, continuity and recall_10 were measured.")
  package static let divergence = Column<Double?>(
    "kl_divergence", unit: "nats",
    "The Kullback–Leibler divergence that t-SNE ends with; empty for other methods.")
  package static let disparity = Column<Double?>(
    "disparity", in: 0...1,
    "How much of the shape differs from the clean layout, 0 to 1, once moved onto it; empty for that one and "
      + "for joint layouts.")
  package static let notes = Column<String?>(
    "notes", "Settings that the number of images decided; empty for none.")

  /// What `frame` says.
  package static func frameName(isJoint: Bool) -> String { isJoint ? "joint" : "own" }
  /// What `scope` says.
  package static func scopeName(isSample: Bool) -> String { isSample ? "sample" : "all" }

  /// The file.
  package static let file = RunFile(
    "layouts/quality.csv", "How far to trust every layout, a row a layout and condition.",
    columns: [method, frame, scope] + ConditionColumns.all + [
      points, trustworthiness, continuity, recall, silhouette, neighbors, sampledRows, divergence,
      disparity, notes,
    ])
  /// The same in JSON.
  package static let json = RunFile(
    "layouts/quality.json",
    "The rows of layouts/quality.csv as objects, the classes of the sample, and the settings.")
}
