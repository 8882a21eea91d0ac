import Analyses
import Files
import LinearAlgebra
package import Runs

/// Numbers that compare the embeddings of every condition, as wholes, with the clean ones and with
/// what text and classes say: `geometry.csv`.
package struct GeometryTable {
  package let run: RunDirectory
  package let samples: SampleTable
  package let conditions: [Condition]
  package let settings: GeometrySettings
  package let hasText: Bool

  package init(
    run: RunDirectory, samples: SampleTable, conditions: [Condition], settings: GeometrySettings,
    hasText: Bool
  ) {
    self.run = run
    self.samples = samples
    self.conditions = conditions
    self.settings = settings
    self.hasText = hasText
  }

  /// Checks, before anything is embedded, that there are enough samples.
  package static func requireEnough(_ samples: SampleTable) throws {
    guard samples.labels.count >= LayoutRecipe.fewestPoints else {
      throw RunError.failure(
        "the geometry needs \(LayoutRecipe.fewestPoints) images or more, and there are "
          + "\(samples.labels.count): take more, or leave geometry out of --analyses")
    }
  }

  private static let columns =
    Condition.tableColumns + [
      "count", "overlap_neighbors", "dimension_neighbors", "cka", "cka_unbiased", "procrustes",
      "neighbor_overlap", "paired_squared_distance",
      "alignment", "uniformity", "modality_gap", "two_nn", "two_nn_left_out", "mle_dimension",
      "cosine_mean", "cosine_deviation", "cosine_duplicates",
    ]

  /// Neighbours for the overlap and the dimension: those of the settings, or all that there are.
  private var neighborCounts: (overlap: Int, dimension: Int) {
    let most = samples.labels.count - 1
    return (min(settings.overlapNeighbors, most), min(settings.dimensionNeighbors, most))
  }

  /// The embeddings of a condition, prepared once for all that is asked of them.
  private struct Prepared {
    let representation: Representation
    let unit: UnitRows
    let neighbors: NearestNeighbors
  }

  /// The bins of the histogram of cosines, from −1 to 1.
  private static let cosineBins = 200

  private static let cosineColumns = Condition.tableColumns + ["bin_low", "bin_high", "count"]

  /// Computes a row a condition; writes `geometry.csv` and `geometry.json`, and `cosines.csv`, how the
  /// cosines of all pairs of images are distributed (duplicates are left out, and counted in
  /// `geometry.csv`).
  package func write() throws {
    let text =
      try hasText ? UnitRows(run.readClassEmbeddings(classCount: samples.classes.count)) : nil
    var table = ResultTable(columns: Self.columns)
    var histograms = ResultTable(columns: Self.cosineColumns)
    var clean: Prepared?
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    for condition in conditions {
      try Interruption.check()
      let points = try run.readEmbeddings(condition, rowCount: samples.labels.count)
      try analyzing(run.embeddingsFile(condition)) {
        let unit = try UnitRows(points)
        let prepared = Prepared(
          representation: try Representation(unit.rows), unit: unit,
          neighbors: try NearestNeighbors(
            of: unit.rows, count: max(neighborCounts.overlap, neighborCounts.dimension),
            metric: .euclidean, control: control))
        if condition == .clean { clean = prepared }
        let cosines = try CosineDistribution(
          of: unit, bins: Self.cosineBins, control: control)
        table.append(try row(condition, prepared, clean: clean, text: text, cosines: cosines))
        for (bin, count) in cosines.counts.enumerated() {
          let edges = [bin, bin + 1].map {
            Double(2 * $0 - Self.cosineBins) / Double(Self.cosineBins)
          }
          histograms.append(condition.tableValues + edges.map { .number($0) } + [.count(count)])
        }
      }
    }
    try AtomicFile.write(table.csv, to: run.file("geometry.csv"))
    try AtomicFile.write(histograms.csv, to: run.file("cosines.csv"))
    try AtomicFile.write(
      ResultTable.json([
        "conditions": table.objects,
        "settings": settings.canonicalObject("geometry"),
      ]), to: run.file("geometry.json"))
  }

  private func row(
    _ condition: Condition, _ noisy: Prepared, clean: Prepared?, text: UnitRows?,
    cosines: CosineDistribution
  ) throws -> [ResultTable.Value] {
    let counts = neighborCounts
    var values =
      condition.tableValues + [
        .count(noisy.representation.sampleCount), .count(counts.overlap), .count(counts.dimension),
      ]
    if let clean {
      let kernels = try CenteredKernelAlignment(clean.representation, noisy.representation)
      let procrustes = try ProcrustesAlignment(
        of: noisy.representation, onto: clean.representation)
      let overlap = try NeighborOverlap(
        clean.neighbors.nearest(counts.overlap), noisy.neighbors.nearest(counts.overlap))
      values += [
        .number(kernels.biased), .number(kernels.unbiased), .number(procrustes.disparity),
        .number(overlap.mean), .number(try meanSquaredDistance(clean.unit, noisy.unit)),
      ]
    } else {
      values += [.missing, .missing, .missing, .missing, .missing]
    }
    // Empty where every class has one image.
    let isGrouped = samples.classCounts.contains { $0 > 1 }
    // Empty where fewer than ten images differ from their neighbours.
    let twoNN = try? IntrinsicDimension.twoNN(noisy.neighbors)
    let likelihood = try? IntrinsicDimension.maximumLikelihood(
      noisy.neighbors.nearest(counts.dimension))
    values += [
      .init(isGrouped ? try alignment(of: noisy.unit, classes: samples.labels) : nil),
      .number(cosines.uniformity),
      .init(try text.map { try modalityGap(images: noisy.unit, text: $0) }),
      .init(twoNN?.dimension), twoNN.map { .count($0.leftOut) } ?? .missing,
      .init(likelihood?.dimension),
      // Empty where every pair is a duplicate.
      .number(cosines.mean), .init(cosines.pairs > 0 ? cosines.standardDeviation : nil),
      .count(cosines.duplicates),
    ]
    return values
  }
}
