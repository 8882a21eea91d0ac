import Analyses
import LinearAlgebra
import Runs

/// What every image is under one condition, as far as it may tell of failures.
struct ImageSignals: Codable, Sendable {
  /// The predicted class.
  let predicted: [Int]
  /// Its probability.
  let confidence: [Double]
  /// The largest cosine with a class less the second.
  let margin: [Double]
  /// The local intrinsic dimension; nil where the image coincides with a neighbour, or all are at one
  /// distance.
  let dimension: [Double?]
  /// 1 − cosine with the clean embedding; nil for the clean images, as the two below.
  let displacement: [Double]?
  /// The share of clean neighbours lost.
  let neighborLoss: [Double]?
  /// The distance from the mean of the predicted class; nil for one without other clean images.
  let predictedDistance: [Double?]?
}

extension ImageSignals {
  /// Measures a condition of a run with clean images and classes.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged; `RunError.interrupted`.
  init(
    _ condition: Condition, _ context: RunContext, scores: ConditionScores,
    classes: Matrix<Float>, settings: FailureSettings
  ) throws {
    let images = try context.unitRows(condition)
    let counts = settings.neighborCounts(context.samples)
    predicted = scores.predicted
    confidence = scores.confidence
    margin = try Self.margins(images, classes)
    dimension = IntrinsicDimension.local(
      try context.neighbors(condition, count: counts.dimension))
    guard condition != .clean else {
      (displacement, neighborLoss, predictedDistance) = (nil, nil, nil)
      return
    }
    let clean = try context.unitRows(.clean)
    // Half the squared distance of unit rows: what 1 − cosine is, without the rounding of 1 − 1.
    displacement = Parallel.map(count: images.rows) { row in
      squaredDistance(images.row(row), clean.row(row)) / 2
    }
    let overlap = try NeighborOverlap(
      context.neighbors(.clean, count: counts.loss),
      context.neighbors(condition, count: counts.loss))
    // Counted, so that equal losses are equal to the last bit.
    neighborLoss = overlap.shares.map {
      (Double(counts.loss) - ($0 * Double(counts.loss)).rounded()) / Double(counts.loss)
    }
    let means = context.shared("sums of the clean classes") {
      CleanClasses(clean, labels: context.samples.labels, count: context.samples.classes.count)
    }
    let (labels, predicted) = (context.samples.labels, scores.predicted)
    predictedDistance = Parallel.map(count: images.rows) { row in
      means.mean(of: predicted[row], without: labels[row] == predicted[row] ? row : nil).map {
        squaredDistance(images.row(row), $0[...]).squareRoot()
      }
    }
  }

  /// The images whose cosines are made at once.
  private static let blockCosines = 1 << 20

  /// The largest cosine with a class less the second, of every image.
  private static func margins(
    _ images: Matrix<Float>, _ classes: Matrix<Float>
  ) throws -> [Double] {
    let size = max(1, blockCosines / classes.rows)
    return try stride(from: 0, to: images.rows, by: size).flatMap { start -> [Double] in
      try Interruption.check()
      let rows = Array(start..<min(start + size, images.rows))
      let cosines = ZeroShotResult.logits(
        images: images.selectingRows(rows), classes: classes, logitScale: 1)
      return Parallel.map(count: rows.count) { row in
        var (first, second) = (-Double.infinity, -Double.infinity)
        for cosine in cosines.row(row) {
          if cosine > first {
            (first, second) = (cosine, first)
          } else if cosine > second {
            second = cosine
          }
        }
        return first - second
      }
    }
  }
}

/// Σ (x − y)².
private func squaredDistance(
  _ x: ArraySlice<Float>, _ y: ArraySlice<some BinaryFloatingPoint>
) -> Double {
  zip(x, y).reduce(0.0) { sum, pair in
    let difference = Double(pair.0) - Double(pair.1)
    return sum + difference * difference
  }
}
