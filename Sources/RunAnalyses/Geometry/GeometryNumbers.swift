import Analyses
import LinearAlgebra
import Runs

/// The embeddings of a condition as a whole: compared with the clean ones, and with what text and classes say.
struct GeometryNumbers: Codable, Sendable {
  /// Beside the clean embeddings.
  struct Comparison: Codable, Sendable {
    let alignment: Double
    let unbiasedAlignment: Double
    let procrustes: Double
    let neighborOverlap: Double
    let pairedSquaredDistance: Double
  }

  let count: Int
  let overlapNeighbors: Int
  let dimensionNeighbors: Int
  /// nil without clean embeddings.
  let comparison: Comparison?
  /// nil where every class has one image.
  let classAlignment: Double?
  let uniformity: Double
  /// nil without embeddings of the classes.
  let modalityGap: Double?
  /// nil where fewer than ten images differ from their neighbours; so is the likelihood's dimension.
  let twoNN: Double?
  let twoNNLeftOut: Int?
  let likelihoodDimension: Double?
  /// nil where every pair is a duplicate; so is the deviation.
  let cosineMean: Double?
  let cosineDeviation: Double?
  let cosineDuplicates: Int
  /// The pairs of images in each bin of cosines.
  let cosineCounts: [Int]

  /// The bins of the histogram of cosines, from −1 to 1.
  private static let cosineBins = 200

  /// Measures a condition.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged or all equal; `RunError.interrupted`.
  init(_ condition: Condition, _ context: RunContext, settings: GeometrySettings) throws {
    self = try analyzing(context.file(condition)) {
      try GeometryNumbers(of: condition, context, settings)
    }
  }

  private init(
    of condition: Condition, _ context: RunContext, _ settings: GeometrySettings
  ) throws {
    let unit = UnitRows(ofUnitLength: try context.unitRows(condition))
    let own = try Representation(unit.rows)
    let counts = settings.neighborCounts(context.samples)
    let neighbors = try context.neighbors(condition, count: max(counts.overlap, counts.dimension))
    let cosines = try CosineDistribution(
      of: unit, bins: Self.cosineBins, control: .interruptible(isQuiet: true))
    count = own.sampleCount
    (overlapNeighbors, dimensionNeighbors) = counts
    comparison =
      context.conditions.contains(.clean)
      ? try Comparison(unit, own, neighbors.nearest(counts.overlap), context) : nil
    classAlignment =
      context.samples.classCounts.contains { $0 > 1 }
      ? try alignment(of: unit, classes: context.samples.labels) : nil
    uniformity = cosines.uniformity
    modalityGap = try context.classEmbeddings().map {
      try Analyses.modalityGap(images: unit, text: UnitRows($0))
    }
    let twoNN = try whereDefined { try IntrinsicDimension.twoNN(neighbors) }
    self.twoNN = twoNN?.dimension
    twoNNLeftOut = twoNN?.leftOut
    likelihoodDimension = try whereDefined {
      try IntrinsicDimension.maximumLikelihood(neighbors.nearest(counts.dimension)).dimension
    }
    cosineMean = cosines.pairs > 0 ? cosines.mean : nil
    cosineDeviation = cosines.pairs > 0 ? cosines.standardDeviation : nil
    cosineDuplicates = cosines.duplicates
    cosineCounts = cosines.counts
  }

  // MARK: Tables

  /// The row of `geometry.csv`.
  func row(_ condition: Condition) -> [TableCell] {
    typealias Columns = GeometryColumns
    return condition.cells + [
      Columns.count(count), Columns.overlapNeighbors(overlapNeighbors),
      Columns.dimensionNeighbors(dimensionNeighbors), Columns.alignment(comparison?.alignment),
      Columns.unbiasedAlignment(comparison?.unbiasedAlignment),
      Columns.procrustes(comparison?.procrustes),
      Columns.neighborOverlap(comparison?.neighborOverlap),
      Columns.pairedSquaredDistance(comparison?.pairedSquaredDistance),
      Columns.classAlignment(classAlignment), Columns.uniformity(uniformity),
      Columns.modalityGap(modalityGap), Columns.twoNN(twoNN), Columns.twoNNLeftOut(twoNNLeftOut),
      Columns.likelihoodDimension(likelihoodDimension), Columns.cosineMean(cosineMean),
      Columns.cosineDeviation(cosineDeviation), Columns.cosineDuplicates(cosineDuplicates),
    ]
  }

  /// The rows of `cosines.csv`, one a bin.
  func cosineRows(_ condition: Condition) -> [[TableCell]] {
    func edge(_ bin: Int) -> Double {
      Double(2 * bin - Self.cosineBins) / Double(Self.cosineBins)
    }
    return cosineCounts.enumerated().map { bin, count in
      condition.cells + [
        CosineColumns.low(edge(bin)), CosineColumns.high(edge(bin + 1)),
        CosineColumns.count(count),
      ]
    }
  }
}

extension GeometryNumbers.Comparison {
  /// Compares a condition with the clean embeddings, which are prepared once.
  init(
    _ unit: UnitRows, _ own: Representation, _ neighbors: NearestNeighbors, _ context: RunContext
  ) throws {
    let cleanUnit = UnitRows(ofUnitLength: try context.unitRows(.clean))
    let clean = try context.shared("representation of the clean embeddings") {
      try analyzing(context.file(.clean)) { try Representation(cleanUnit.rows) }
    }
    let kernels = try CenteredKernelAlignment(clean, own)
    alignment = kernels.biased
    unbiasedAlignment = kernels.unbiased
    procrustes = try ProcrustesAlignment(of: own, onto: clean).disparity
    neighborOverlap = try NeighborOverlap(
      context.neighbors(.clean, count: neighbors.neighborCount), neighbors
    ).mean
    pairedSquaredDistance = try meanSquaredDistance(cleanUnit, unit)
  }
}
