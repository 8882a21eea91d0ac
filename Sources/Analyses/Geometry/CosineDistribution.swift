public import LinearAlgebra

/// How the cosines of all pairs of different rows are distributed.
public struct CosineDistribution: Sendable, Equatable {
  /// Pairs of this cosine or more are the same image twice, or nearly: left out and counted.
  public static let duplicateCosine: Float = 0.999

  /// The pairs in each of the equal bins of [−1, 1]; the last one holds its upper edge.
  public let counts: [Int]
  /// The number of pairs that count.
  public let pairs: Int
  /// The number of pairs left out as duplicates.
  public let duplicates: Int
  /// The mean cosine; NaN, like the numbers below, when every pair is a duplicate.
  public let mean: Double
  /// The standard deviation of the cosines (of the population).
  public let standardDeviation: Double
  /// The least cosine.
  public let minimum: Double
  /// The greatest cosine.
  public let maximum: Double

  private struct Part: Sendable {
    var counts: [Int]
    var duplicates = 0
    var sum = 0.0
    var squares = 0.0
    var minimum = Float.infinity
    var maximum = -Float.infinity

    mutating func add(_ cosines: ArraySlice<Float>) {
      let bins = Float(counts.count)
      for cosine in cosines {
        if cosine >= CosineDistribution.duplicateCosine {
          duplicates += 1
          continue
        }
        // A product of unit rows may be a rounding below −1.
        let value = max(-1, cosine)
        counts[min(counts.count - 1, Int((value + 1) / 2 * bins))] += 1
        sum += Double(value)
        squares += Double(value) * Double(value)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
      }
    }
  }

  /// Computes the distribution over all pairs, or over the pairs of a sample of rows.
  ///
  /// Cosines are products of unit rows in float32, with rounding of about 1e-7: a pair that close to
  /// the edge of a bin may be counted on either side of it. The same for any number of threads.
  ///
  /// - Parameters:
  ///   - points: Embeddings, shape [n, d]; rows are brought to unit length.
  ///   - bins: The number of bins.
  ///   - sample: How many rows to draw without replacement; nil, or n and more, for all.
  ///   - seed: The seed that draws them.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError` for fewer than two rows, no bins, and a row of zeros.
  /// - Complexity: O(n² · d).
  public init(
    of points: Matrix<Float>, bins: Int = 100, sample: Int? = nil, seed: UInt64 = 0,
    control: ComputationControl = ComputationControl()
  ) throws {
    guard bins > 0 else {
      throw AnalysisError.invalid("a histogram of \(bins) bins; expected 1 or more")
    }
    if let sample, sample < 2 {
      throw AnalysisError.invalid("a sample of \(sample) rows has no pair; expected 2 or more")
    }
    var chosen = points
    if let sample, sample < points.rows {
      var stream = RandomStream(domain: "cosines/sample", seed: seed)
      let rows = (0..<points.rows).shuffled(using: &stream).prefix(sample).sorted()
      chosen = points.selectingRows(rows)
    }
    let empty = Part(counts: [Int](repeating: 0, count: bins))
    let total = try CosineTiles(chosen).map(initial: empty, control: control) { $0.add($1) }
      .reduce(into: empty) { total, part in
        for bin in 0..<bins { total.counts[bin] += part.counts[bin] }
        total.duplicates += part.duplicates
        total.sum += part.sum
        total.squares += part.squares
        total.minimum = min(total.minimum, part.minimum)
        total.maximum = max(total.maximum, part.maximum)
      }
    counts = total.counts
    pairs = total.counts.reduce(0, +)
    duplicates = total.duplicates
    let isEmpty = pairs == 0
    mean = total.sum / Double(pairs)
    standardDeviation = max(0, total.squares / Double(pairs) - mean * mean).squareRoot()
    minimum = isEmpty ? .nan : Double(total.minimum)
    maximum = isEmpty ? .nan : Double(total.maximum)
  }
}
