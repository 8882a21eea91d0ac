import Analyses
import Files
import LinearAlgebra

/// Numbers that compare the embeddings of every condition, as wholes, with the clean ones and with
/// what text and classes say: `geometry.csv`.
struct GeometryTable {
  let run: RunDirectory
  let samples: SampleTable
  let conditions: [Condition]
  let settings: GeometrySettings
  let hasText: Bool

  /// Checks, before anything is embedded, that there are enough samples.
  static func requireEnough(_ samples: SampleTable) throws {
    guard samples.labels.count >= LayoutRecipe.fewestPoints else {
      throw ExperimentError.failure(
        "the geometry needs \(LayoutRecipe.fewestPoints) images or more, and there are "
          + "\(samples.labels.count): take more, or leave geometry out of --analyses")
    }
  }

  private static let columns =
    Condition.tableColumns + [
      "count", "overlap_neighbors", "dimension_neighbors", "cka", "cka_unbiased", "procrustes",
      "neighbor_overlap", "paired_distance",
      "alignment", "uniformity", "modality_gap", "two_nn", "two_nn_left_out", "mle_dimension",
      "cosine_mean", "cosine_deviation", "cosine_duplicates",
    ]

  /// Neighbours for the overlap and the dimension: those of the settings, or all that there are.
  private var neighborCounts: (overlap: Int, dimension: Int) {
    let most = samples.labels.count - 1
    return (min(settings.overlapNeighbors, most), min(settings.dimensionNeighbors, most))
  }

  /// Computes a row a condition; writes `geometry.csv` and `geometry.json`.
  func write() throws {
    let text =
      hasText ? try run.readClassEmbeddings(classCount: samples.classes.count) : nil
    var table = ResultTable(columns: Self.columns)
    var clean: (points: Matrix<Float>, neighbors: NearestNeighbors)?
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    for condition in conditions {
      try Interruption.check()
      let points = try run.readUnitEmbeddings(condition, rowCount: samples.labels.count)
      try analyzing(run.embeddingsFile(condition)) {
        let neighbors = try NearestNeighbors(
          of: points, count: max(neighborCounts.overlap, neighborCounts.dimension),
          metric: .euclidean, control: control)
        if condition == .clean { clean = (points, neighbors) }
        table.append(
          try row(condition, points, neighbors, clean: clean, text: text, control: control))
      }
    }
    try AtomicFile.write(table.csv, to: run.file("geometry.csv"))
    try AtomicFile.write(
      ResultTable.json([
        "conditions": table.objects,
        "settings": Dictionary(uniqueKeysWithValues: settings.canonicalSettings),
      ]), to: run.file("geometry.json"))
  }

  private func row(
    _ condition: Condition, _ points: Matrix<Float>, _ neighbors: NearestNeighbors,
    clean: (points: Matrix<Float>, neighbors: NearestNeighbors)?, text: Matrix<Float>?,
    control: ComputationControl
  ) throws -> [ResultTable.Value] {
    let counts = neighborCounts
    var values =
      condition.tableValues + [
        .count(points.rows), .count(counts.overlap), .count(counts.dimension),
      ]
    if let clean {
      let alignment = try CenteredKernelAlignment(clean.points, points)
      let overlap = try NeighborOverlap(
        clean.neighbors.nearest(counts.overlap),
        neighbors.nearest(counts.overlap))
      values += [
        .number(alignment.biased), .number(alignment.unbiased),
        .number(try ProcrustesAlignment(of: points, onto: clean.points).disparity),
        .number(overlap.mean), .number(try meanSquaredDistance(clean.points, points)),
      ]
    } else {
      values += [.missing, .missing, .missing, .missing, .missing]
    }
    // Empty where every class has one image.
    let isGrouped = samples.classCounts.contains { $0 > 1 }
    // Empty where fewer than ten images differ from their neighbours.
    let twoNN = try? IntrinsicDimension.twoNN(neighbors)
    let likelihood = try? IntrinsicDimension.maximumLikelihood(neighbors.nearest(counts.dimension))
    let cosines = try CosineDistribution(of: points, control: control)
    values += [
      .init(isGrouped ? try alignment(of: points, classes: samples.labels) : nil),
      .number(try uniformity(of: points, control: control)),
      .init(try text.map { try modalityGap(images: points, text: $0) }),
      .init(twoNN?.dimension), twoNN.map { .count($0.leftOut) } ?? .missing,
      .init(likelihood?.dimension),
      // Empty where every pair is a duplicate.
      .number(cosines.mean), .init(cosines.pairs > 0 ? cosines.standardDeviation : nil),
      .count(cosines.duplicates),
    ]
    return values
  }
}
