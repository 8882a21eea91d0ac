import RealModule

/// What leaving out each cluster of a sample says of an estimate: its standard error, its interval, a test.
///
/// Clusters, as the classes of images, are drawn from more of their kind, and what is in one may depend on
/// each other. Method: SE² = (K − 1)/K · Σ (θ₍ₖ₎ − θ̄₍.₎)² of the estimates without each of K clusters (Tukey
/// 1958; clusters of a ROC curve: Obuchowski 1997, doi:10.2307/2533958, to which it is equal as they grow
/// many), and Student's t, whose degrees of freedom are those of the variance where clusters have unequal
/// parts in it.
public struct ClusterJackknife: Sendable, Equatable {
  /// The estimate of all clusters.
  public let estimate: Double
  /// Its standard error.
  public let standardError: Double
  /// θ̄₍.₎ − θ₍ₖ₎ of every cluster k: how much it raises the estimate.
  public let influences: [Double]
  /// The degrees of freedom of that.
  public let degreesOfFreedom: Double

  /// What estimates say.
  ///
  /// - Parameters:
  ///   - estimate: That of all clusters.
  ///   - without: Those without each cluster, two at least.
  ///   - degreesOfFreedom: Those of the standard error, at least 1.
  public init(estimate: Double, without: [Double], degreesOfFreedom: Double) {
    precondition(without.count > 1 && degreesOfFreedom >= 1)
    let count = Double(without.count)
    let mean = without.reduce(0, +) / count
    influences = without.map { mean - $0 }
    let squares = influences.reduce(0) { $0 + $1 * $1 }
    self.estimate = estimate
    self.degreesOfFreedom = degreesOfFreedom
    standardError = ((count - 1) / count * squares).squareRoot()
  }

  /// The degrees of freedom of a variance to which clusters contribute unequally.
  ///
  /// Method: of a sum of independent squares with the expectations v they are (Σ v)² / Σ v² (Satterthwaite
  /// 1946, doi:10.2307/3002019; clusters of unequal size: Carter, Schnepel and Steigerwald 2017,
  /// doi:10.1162/REST_a_00639), less one for the mean. The expectation of a cluster's square is taken to be
  /// that of the square of its part of the pairs of a failure and another: (p + q)², where p is its share of
  /// all failures and q that of the others. Of equal clusters these are K − 1.
  ///
  /// - Parameter parts: p + q of every cluster, none below 0, one at least above.
  /// - Returns: From 1 to K − 1, where K counts the parts above 0.
  public static func degreesOfFreedom(parts: [Double]) -> Double {
    let squares = parts.map { $0 * $0 }
    let sum = squares.reduce(0, +)
    precondition(sum > 0 && parts.allSatisfy { $0 >= 0 })
    return max(1, sum * sum / squares.reduce(0) { $0 + $1 * $1 } - 1)
  }

  /// The interval estimate ± t · SE.
  ///
  /// - Parameter confidence: The probability between the ends.
  /// - Returns: The interval; nil where no cluster left out changes the estimate, which says nothing of its
  ///   spread.
  public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
    guard isInformative else { return nil }
    let half =
      StudentDistribution.quantile((1 + confidence) / 2, degreesOfFreedom: degreesOfFreedom)
      * standardError
    return ConfidenceInterval(low: estimate - half, high: estimate + half, method: .jackknife)
  }

  /// The 95 % interval of a correlation, made on the scale of its artanh, on which its spread depends least on
  /// its size (Fisher 1921).
  ///
  /// - Parameters:
  ///   - correlation: That of all clusters, within −1 and 1.
  ///   - without: Those without each cluster, two at least, likewise.
  ///   - degreesOfFreedom: Those of the standard error, at least 1.
  /// - Returns: tanh of the ends; nil as for `interval`.
  static func interval(
    ofCorrelation correlation: Double, without: [Double], degreesOfFreedom: Double
  ) -> ConfidenceInterval? {
    ClusterJackknife(
      estimate: Double.atanh(correlation), without: without.map { Double.atanh($0) },
      degreesOfFreedom: degreesOfFreedom
    ).interval().map {
      ConfidenceInterval(low: Double.tanh($0.low), high: Double.tanh($0.high), method: $0.method)
    }
  }

  /// The two-sided p-value of the hypothesis that what is estimated is 0; nil as for `interval`.
  public var pValue: Double? {
    guard isInformative else { return nil }
    let t = abs(estimate) / standardError
    return min(1, 2 * StudentDistribution.cumulative(-t, degreesOfFreedom: degreesOfFreedom))
  }

  /// A standard error that is more than the rounding of sums.
  private var isInformative: Bool {
    standardError.isFinite && standardError > 1e-12 * max(1, abs(estimate))
  }
}
