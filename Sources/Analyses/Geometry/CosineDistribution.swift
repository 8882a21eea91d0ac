import CKernels
import COpenBLAS
public import LinearAlgebra
import RealModule

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
  /// The mean cosine; NaN, like the three numbers below, when every pair is a duplicate.
  public let mean: Double
  /// The standard deviation of the cosines (of the population).
  public let standardDeviation: Double
  /// The least cosine.
  public let minimum: Double
  /// The greatest cosine.
  public let maximum: Double
  /// The logarithm of the mean of exp(−2 ‖x − y‖²) over all pairs, duplicates too: how evenly the rows
  /// cover the sphere, from −8 to 0; lower is more even (Wang and Isola 2020, arXiv:2005.10242).
  public let uniformity: Double

  /// Computes the distribution over all pairs, or over the pairs of a sample of rows.
  ///
  /// Cosines are products in float32, with rounding of about 1e-7: a pair that close to the edge of a
  /// bin may be counted on either side of it. The same for any number of threads.
  ///
  /// - Parameters:
  ///   - points: Embeddings, shape [n, d].
  ///   - bins: The number of bins, up to 1,000,000.
  ///   - sample: How many rows to draw without replacement; nil, or n and more, for all.
  ///   - seed: The seed that draws them.
  ///   - keepsDuplicates: Whether pairs of a cosine of `duplicateCosine` and more count like the others.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError` for fewer than two rows, and bins or a sample out of range; `CancellationError`.
  /// - Complexity: O(n² · d) time, O(n · bins) memory at worst.
  public init(
    of points: UnitRows, bins: Int = 100, sample: Int? = nil, seed: UInt64 = 0,
    keepsDuplicates: Bool = false, control: ComputationControl = ComputationControl()
  ) throws {
    guard (1...1_000_000).contains(bins) else {
      throw AnalysisError.invalid("a histogram of \(bins) bins; expected 1 to 1000000")
    }
    if let sample, sample < 2 {
      throw AnalysisError.invalid("a sample of \(sample) rows has no pair; expected 2 or more")
    }
    guard points.rows.rows >= 2 else {
      throw AnalysisError.invalid("pairs need 2 rows or more; there are \(points.rows.rows)")
    }
    var rows = points.rows
    if let sample, sample < rows.rows {
      var stream = RandomStream(domain: "cosines/sample", seed: seed)
      rows = rows.selectingRows(
        (0..<rows.rows).shuffled(using: &stream).prefix(sample).sorted())
    }
    let total = try Part.total(
      of: rows, bins: bins, limit: keepsDuplicates ? .infinity : Self.duplicateCosine,
      control: control)
    counts = Array(total.counts[..<bins])
    pairs = counts.reduce(0, +)
    duplicates = total.counts[bins]
    mean = total.sums.sum / Double(pairs)
    let variance = total.sums.squares / Double(pairs) - mean * mean
    // Rounding may leave it below 0; max would make 0 of NaN.
    standardDeviation = variance < 0 ? 0 : variance.squareRoot()
    minimum = pairs == 0 ? .nan : Double(total.sums.least)
    maximum = pairs == 0 ? .nan : min(1, Double(total.sums.greatest))
    uniformity = min(0, Double.log(total.sums.potential / Double(pairs + duplicates)))
  }
}

/// What some of the pairs add up to.
private struct Part: Sendable {
  private static let side = 512

  /// The pairs in each bin, then the duplicates.
  var counts: [Int]
  var sums = kernel_cosine_sums(
    sum: 0, squares: 0, potential: 0, least: .infinity, greatest: -.infinity)

  /// All pairs i < j of unit rows, a stripe of rows at a time on all workers.
  static func total(
    of rows: Matrix<Float>, bins: Int, limit: Float, control: ComputationControl
  ) throws -> Part {
    let stripes = (rows.rows + side - 1) / side
    return try BLAS.withThreads(1) {
      try Parallel.tryMap(count: stripes) { stripe in
        try Part(stripe: stripe, of: rows, bins: bins, limit: limit, control: control)
      }
    }.reduce(into: Part(bins: bins)) { $0.add($1) }
  }

  private init(bins: Int) { counts = [Int](repeating: 0, count: bins + 1) }

  /// The pairs of the rows of a stripe with all rows behind them, tile by tile of products.
  private init(
    stripe: Int, of rows: Matrix<Float>, bins: Int, limit: Float, control: ComputationControl
  ) throws {
    self.init(bins: bins)
    let (n, d, side) = (rows.rows, rows.columns, Self.side)
    let first = stripe * side
    let height = min(side, n - first)
    var products = [Float](repeating: 0, count: height * side)
    var histograms = [UInt32](repeating: 0, count: Int(KERNEL_HISTOGRAMS) * counts.count)
    for second in stride(from: first, to: n, by: side) {
      try control.check()
      let width = min(side, n - second)
      unsafe rows.values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress else { return }
        unsafe cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(height), Int32(width), Int32(d), 1,
          start + first * d, Int32(d), start + second * d, Int32(d), 0, &products, Int32(width))
      }
      unsafe products.withUnsafeBufferPointer { cosines in
        guard let start = cosines.baseAddress else { return }
        for i in 0..<height {
          // On the diagonal, what lies right of it.
          let skipped = first == second ? i + 1 : 0
          unsafe kernel_add_cosines(
            width - skipped, start + i * width + skipped, limit, bins,
            &histograms, &sums)
        }
      }
      // Tile by tile, before 32 bits overflow.
      for place in histograms.indices {
        counts[place % counts.count] += Int(histograms[place])
        histograms[place] = 0
      }
    }
  }

  private mutating func add(_ other: Part) {
    for place in counts.indices { counts[place] += other.counts[place] }
    sums.sum += other.sums.sum
    sums.squares += other.sums.squares
    sums.potential += other.sums.potential
    sums.least = min(sums.least, other.sums.least)
    sums.greatest = max(sums.greatest, other.sums.greatest)
  }
}
