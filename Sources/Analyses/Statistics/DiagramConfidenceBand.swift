import LinearAlgebra
import RealModule

/// How far from the diagonal a point of a persistence diagram must lie to be told from sampling noise.
///
/// Method: Fasy, Lecci, Rinaldo, Wasserman, Balakrishnan and Singh 2014 (doi:10.1214/14-AOS1252). The
/// distance between the sample and the space that it comes from is estimated by that between
/// subsamples and the sample (section 4.1), or between samples drawn again and the sample.
public struct DiagramConfidenceBand: Codable, Sendable, Equatable {
  /// What has to be said wherever a band is shown.
  public static let caveat = """
    The band assumes that the points are drawn independently from one distribution on a low-dimensional \
    space, and holds as their number grows; embeddings of a few images of a class meet neither. It is \
    for all points of a diagram at once, so it errs on the side of calling too much noise, and a point \
    within it is not thereby shown to be noise.
    """

  /// How the points of a replicate are chosen.
  public enum Drawing: Sendable, Equatable {
    /// As many points as there are, with replacement. No theorem covers it for a diagram of points; it is
    /// what the estimators of a density are given.
    case bootstrap
    /// So many points, without replacement; the theorem asks for fewer than n / ln n.
    case subsample(Int)

    /// The largest subsample that the theorem allows: n / ln n, rounded down, from 2.
    public static func subsample(of count: Int) -> Drawing {
      .subsample(min(count, max(2, Int(Double(count) / Double.log(Double(max(count, 3)))))))
    }
  }

  /// The half width c: with the given confidence the bottleneck distance between the diagram and that of
  /// the space is at most c.
  public let halfWidth: Double
  /// The confidence.
  public let confidence: Double

  /// The band of distances that are there already.
  ///
  /// - Parameters:
  ///   - distances: Between the replicates' diagrams, or bounds of it, and the sample's; not negative.
  ///   - confidence: Such as 0.95.
  ///   - drawing: Of subsamples, the quantile is doubled (theorem 3 of the source).
  /// - Complexity: O(R log R) for R distances.
  public init(distances: [Double], confidence: Double = 0.95, drawing: Drawing) {
    precondition(!distances.isEmpty && distances.allSatisfy { $0 >= 0 })
    precondition((0..<1).contains(confidence))
    // The smallest value that at least the share `confidence` does not exceed.
    let place = Int((confidence * Double(distances.count)).rounded(.up)) - 1
    let quantile = distances.sorted()[max(place, 0)]
    halfWidth = drawing == .bootstrap ? quantile : 2 * quantile
    self.confidence = confidence
  }

  /// The band of a sample.
  ///
  /// - Parameters:
  ///   - count: The number of points, 2 or more.
  ///   - drawing: How a replicate's points are chosen.
  ///   - confidence: Such as 0.95.
  ///   - resampling: Replicates and seed. The same for any number of threads.
  ///   - distance: Between the diagrams of the points with these indices, ascending, and of all, or a
  ///     bound of it, such as twice the Hausdorff distance of the points.
  /// - Throws: What `distance` throws.
  public init(
    count: Int, drawing: Drawing, confidence: Double = 0.95, resampling: Resampling,
    distance: @Sendable (_ points: [Int]) throws -> Double
  ) throws {
    precondition(count >= 2)
    let stream = resampling.stream("diagram band")
    let distances = try Parallel.tryMap(count: resampling.replicates) { replicate in
      switch drawing {
      case .bootstrap:
        let counts = stream.counts(units: count, part: replicate)
        return try distance(
          counts.enumerated().flatMap { [Int](repeating: $0.offset, count: Int($0.element)) })
      case .subsample(let size):
        return try distance(
          stream.order(count, part: replicate, chosen: size).prefix(size).sorted())
      }
    }
    self.init(distances: distances, confidence: confidence, drawing: drawing)
  }

  /// Whether a point is farther than the half width from the diagonal, in the metric of the bottleneck
  /// distance: half its length.
  public func isSignificant(birth: Double, death: Double) -> Bool {
    (death - birth) / 2 > halfWidth
  }
}
