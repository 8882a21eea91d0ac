internal import Analyses
internal import Foundation
internal import LinearAlgebra

/// Tells whether a text matches any images, by what the images are to each other.
///
/// The cosines of texts with images lie apart from those of images by the modality gap (Liang et al. 2022,
/// arXiv:2203.02053), differently for every model and every wording, so that no cosine with a text is large by itself. A
/// text matches when one of two things holds, neither of which knows how large its cosines are:
///
/// - Its nearest images are alike, as those around an image are: the mean cosine among its 8 nearest is at least that
///   among the 8 nearest others of an image, for the least sixth of the images, about one standard deviation below the
///   mean. (Of the built-in model's textures, 6 to 24 images in each of 47 classes, 89 to 98 of 100 captions pass so, and
///   10 to 15 of 100 texts about other things.)
/// - Its nearest image stands out: its cosine leads the median by more than the largest of as many normal numbers would;
///   see `standsOut`.
///
/// A text that goes with all images alike does not match: its place on the map would mean nothing.
struct MatchStrength: Sendable {
  private static let neighborCount = 8
  private static let mostSampled = 64
  private static let share = 1.0 / 6

  /// How many of the nearest images are compared: at most a quarter of all; below 2 none are.
  private let count: Int
  /// The mean cosine that they are to have.
  private let limit: Double

  /// Looks at the neighbourhoods of at most 64 images, evenly spaced.
  ///
  /// - Throws: What `rows` and `EmbeddingIndex.nearest` throw.
  /// - Complexity: 64 times that of `EmbeddingIndex.nearest`.
  init(index: EmbeddingIndex, among images: RowMask, rows: EmbeddingIndex.Rows) throws {
    let all = images.intersection(index.present).rows
    count = min(Self.neighborCount, all.count / 4)
    guard count >= 2 else {
      limit = .infinity
      return
    }
    let step = (all.count + Self.mostSampled - 1) / Self.mostSampled
    var cosines: [Double] = []
    for row in stride(from: 0, to: all.count, by: step).map({ all[$0] }) {
      let found = try index.nearest(
        to: rows([row])[0], count: count + 1, among: images, rows: rows)
      let others = found.hits.map(\.row).filter { $0 != row }
      cosines.append(Self.meanCosine(try rows(Array(others.prefix(count)))))
    }
    cosines.sort()
    limit = cosines[Int(Double(cosines.count) * Self.share)]
  }

  /// Whether a text matches.
  ///
  /// - Parameters:
  ///   - found: The nearest images, 8 or more where there are as many.
  ///   - rows: The float32 embeddings.
  /// - Returns: Whether it does.
  /// - Throws: What `rows` throws.
  func isMatch(_ found: NearestRows, rows: EmbeddingIndex.Rows) throws -> Bool {
    guard let best = found.hits.first?.cosine else { return false }
    if Self.standsOut(best, among: found.scores.filter { $0 > -.infinity }) { return true }
    guard count >= 2 else { return false }
    // A mean cosine is off by float32's rounding of the rows.
    let rounding = 1e-6
    return try Self.meanCosine(rows(found.hits.prefix(count).map(\.row))) >= limit - rounding
      && !isEverywhere
  }

  /// Whether images are all equal, so that neighbourhoods say nothing.
  private var isEverywhere: Bool { limit > 1 - 1e-5 }

  /// The mean cosine of pairs of unit vectors: (‖Σ e‖² − Σ ‖e‖²) / (k (k − 1)).
  private static func meanCosine(_ rows: [[Float]]) -> Double {
    var sum = [Double](repeating: 0, count: rows.first?.count ?? 0)
    var squares = 0.0
    for row in rows {
      for (place, value) in row.enumerated() {
        sum[place] += Double(value)
        squares += Double(value) * Double(value)
      }
    }
    let square = sum.reduce(0) { $0 + $1 * $1 }
    return (square - squares) / Double(rows.count * (rows.count - 1))
  }

  /// Whether the largest of some cosines is more than chance would have it.
  ///
  /// What counts is (best − median) / scale, the scale 1.4826 · the median absolute deviation: images that do go with the
  /// text move both little as long as they are few. Where all n cosines are normal, the chance that any of them lies
  /// above the limit is α when each does with probability 1 − (1 − α)^(1/n), the rule for outliers of Davies and Gather
  /// (1993, doi:10.1080/01621459.1993.10476339) with α = 0.05. The limit is a quantile of Student's distribution with
  /// 0.37 (n − 1) degrees of freedom, 0.37 being what the deviation knows of a scale beside the standard deviation
  /// (Rousseeuw and Croux 1993, doi:10.1080/01621459.1993.10476408): in simulations a text of chance then stands out in
  /// 1 to 5 of 100 cases, from five images to thousands.
  ///
  /// - Parameters:
  ///   - best: The largest cosine.
  ///   - scores: The cosines of the images at large, the best among them.
  /// - Returns: Whether it is; no of fewer than three.
  /// - Complexity: O(n log n), of at most 65,536 of them, evenly spaced.
  static func standsOut(_ best: Double, among scores: [Float]) -> Bool {
    guard scores.count > 2 else { return false }
    let step = (scores.count + mostCompared - 1) / mostCompared
    let sample = stride(from: 0, to: scores.count, by: step).map { Double(scores[$0]) }
    guard let median = sample.median,
      let deviation = sample.map({ abs($0 - median) }).median
    else { return false }
    let share = pow(1 - significance, 1 / Double(scores.count))
    let limit = StudentDistribution.quantile(
      share, degreesOfFreedom: efficiency * Double(scores.count - 1))
    // Half precision moves the cosines by as much as this.
    return best - median > max(limit * 1.4826 * deviation, 0x1p-11)
  }

  private static let mostCompared = 65_536
  private static let significance = 0.05
  private static let efficiency = 0.37
}
