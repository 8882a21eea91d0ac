import RealModule

/// How well a signal predicts failures, at one level or in the mean over several, and how much better than
/// another.
///
/// Intervals of areas are made on the scale of their logits, ln(a / (1 − a)), where a jackknife's estimates
/// are nearer to a normal distribution and whose ends are areas again; those of differences as they are.
/// `ClusterJackknife` has the method.
public struct AreaComparison: Sendable {
  /// Why there is no interval.
  public enum Obstacle: String, Sendable, Codable, CaseIterable {
    /// Fewer clusters than `fewestClusters`.
    case clusters
    /// Without some cluster no failure or nothing else is left.
    case oneCluster
    /// The signal makes no error, or nothing but errors: an area of 0 or 1, of all or without some cluster.
    case noError
    /// No cluster changes the estimate.
    case noSpread
  }

  /// The fewest clusters that an interval is made of.
  public static let fewestClusters = 6

  /// The mean area under the ROC curve.
  public let underROC: Double
  /// Its interval.
  public let underROCInterval: ConfidenceInterval?
  /// The mean area under the risk–coverage curve.
  public let underRiskCoverage: Double
  /// Its interval.
  public let underRiskCoverageInterval: ConfidenceInterval?
  /// The area under the ROC curve less that of the other signal; nil without one.
  public let difference: Double?
  /// The jackknife of the difference.
  public let differenceJackknife: ClusterJackknife?
  /// The influence of every cluster on the difference, 0 of one that is not there; nil as the jackknife is.
  public let differenceInfluences: [Double]?
  /// Why an interval is missing.
  public let obstacles: [Obstacle]

  /// Compares two signals.
  ///
  /// - Parameters:
  ///   - levels: The areas of a signal, a level each, one at least, with the same clusters.
  ///   - other: Those of another signal at the same levels, of the same observations; nil for none.
  ///   - makesIntervals: Whether intervals are asked for.
  public init(
    _ levels: [ClusteredAreas], other: [ClusteredAreas]? = nil, makesIntervals: Bool = true
  ) {
    precondition(!levels.isEmpty && other?.count ?? levels.count == levels.count)
    let clusters = levels[0].parts.indices
    precondition((levels + (other ?? [])).allSatisfy { $0.parts.indices == clusters })
    let there = clusters.filter { cluster in levels.contains { $0.isThere[cluster] } }
    let parts = there.map { cluster in levels.reduce(0) { $0 + $1.parts[cluster] } }
    func means(
      _ levels: [ClusteredAreas], _ area: KeyPath<RiskRanking.Areas, Double>
    ) -> Means? {
      let count = Double(levels.count)
      var without: [Double] = []
      for cluster in there {
        var sum = 0.0
        for level in levels {
          guard let areas = level.without[cluster] else { return nil }
          sum += areas[keyPath: area]
        }
        without.append(sum / count)
      }
      return Means(without: without)
    }
    func whole(
      _ levels: [ClusteredAreas], _ area: KeyPath<RiskRanking.Areas, Double>
    ) -> Double {
      levels.reduce(0) { $0 + $1.whole[keyPath: area] } / Double(levels.count)
    }
    underROC = whole(levels, \.underROC)
    underRiskCoverage = whole(levels, \.underRiskCoverage)
    difference = other.map { whole(levels, \.underROC) - whole($0, \.underROC) }
    var obstacles: [Obstacle] = []
    var intervals: [ConfidenceInterval?] = [nil, nil]
    var jackknife: ClusterJackknife?
    if makesIntervals {
      let freedom = ClusterJackknife.degreesOfFreedom(parts: parts)
      if there.count < Self.fewestClusters {
        obstacles = [.clusters]
      } else if let roc = means(levels, \.underROC), let risk = means(levels, \.underRiskCoverage) {
        let made = [
          roc.interval(underROC, freedom), risk.interval(underRiskCoverage, freedom),
        ]
        intervals = made.map { try? $0.get() }
        for case .failure(let obstacle) in made where !obstacles.contains(obstacle) {
          obstacles.append(obstacle)
        }
        if let difference, let other = other.flatMap({ means($0, \.underROC) }) {
          jackknife = ClusterJackknife(
            estimate: difference, without: zip(roc.without, other.without).map { $0 - $1 },
            degreesOfFreedom: freedom)
        }
      } else {
        obstacles = [.oneCluster]
      }
    }
    (underROCInterval, underRiskCoverageInterval) = (intervals[0], intervals[1])
    differenceJackknife = jackknife?.pValue == nil ? nil : jackknife
    differenceInfluences = differenceJackknife.map { jackknife in
      var influences = [Double](repeating: 0, count: clusters.count)
      for (cluster, influence) in zip(there, jackknife.influences) {
        influences[cluster] = influence
      }
      return influences
    }
    self.obstacles = obstacles
  }

  /// The mean area over levels without each cluster.
  private struct Means {
    let without: [Double]

    /// The interval of an area, by its logit.
    func interval(_ area: Double, _ freedom: Double) -> Result<ConfidenceInterval, Obstacle> {
      guard ([area] + without).allSatisfy({ $0 > 0 && $0 < 1 }) else { return .failure(.noError) }
      func logit(_ area: Double) -> Double { Double.log(area) - Double.log(onePlus: -area) }
      func inverse(_ logit: Double) -> Double { 1 / (1 + Double.exp(-logit)) }
      let jackknife = ClusterJackknife(
        estimate: logit(area), without: without.map(logit), degreesOfFreedom: freedom)
      guard let interval = jackknife.interval() else { return .failure(.noSpread) }
      return .success(
        ConfidenceInterval(
          low: inverse(interval.low), high: inverse(interval.high), method: interval.method))
    }
  }
}

extension AreaComparison.Obstacle: Error {}
