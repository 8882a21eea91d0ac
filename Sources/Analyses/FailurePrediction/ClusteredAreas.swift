public import LinearAlgebra

/// The areas of a ranking, and those without each cluster of its observations.
public struct ClusteredAreas: Sendable {
  /// Of all observations.
  public let whole: RiskRanking.Areas
  /// Without each cluster; nil where no failure or nothing else is left.
  ///
  /// Without a cluster that is empty they are the whole.
  public let without: [RiskRanking.Areas?]
  /// Whether a cluster has observations.
  public let isThere: [Bool]
  /// The share of the failures that a cluster has, and the share of the rest, added.
  public let parts: [Double]

  /// Those of a ranking; nil unless it has failures and others.
  ///
  /// - Parameters:
  ///   - ranking: The observations.
  ///   - control: Asked before every cluster.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n · clusters).
  public init?(_ ranking: RiskRanking, control: ComputationControl = ComputationControl()) throws {
    guard let whole = ranking.areas() else { return nil }
    self.whole = whole
    let isThere = zip(ranking.failures, ranking.others).map { $0 + $1 > 0 }
    self.isThere = isThere
    without = try Parallel.tryMap(count: isThere.count) { cluster in
      try control.check()
      return isThere[cluster] ? ranking.areas(without: cluster) : whole
    }
    let (failures, others) = (
      Double(ranking.failures.reduce(0, +)), Double(ranking.others.reduce(0, +))
    )
    parts = zip(ranking.failures, ranking.others).map {
      Double($0) / failures + Double($1) / others
    }
  }
}
