import LinearAlgebra

/// How well a score tells failures from the rest: the areas under its ROC curve and under its risk–coverage
/// curve.
///
/// Observations come in clusters, such as the classes of images, which can be left out.
public struct RiskRanking: Sendable {
  /// The two areas.
  public struct Areas: Sendable, Equatable, Codable {
    /// The area under the ROC curve: the probability that a failure has a larger score than what is no
    /// failure.
    ///
    /// Ties count half (Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747). It is ½ for a score
    /// that says nothing.
    public let underROC: Double
    /// The area under the risk–coverage curve: the share of failures among the observations that are trusted.
    ///
    /// Those of the smallest scores are trusted, and the share is the mean over trusting 1, 2, … n of them
    /// (Geifman, Uziel and El-Yaniv 2019, arXiv:1805.08206). Smaller is better; it is the share of failures
    /// for a score that says nothing. Observations of one score are trusted in random order: the area is its
    /// expectation.
    public let underRiskCoverage: Double
  }

  /// An observation's place among the clusters and whether it failed, by ascending score.
  private let observations: [Observation]
  /// Where each run of equal scores ends.
  private let ends: [Int]
  /// How many failures each cluster has.
  public let failures: [Int]
  /// How many of the rest.
  public let others: [Int]

  private struct Observation: Sendable {
    let cluster: Int32
    let hasFailed: Bool
  }

  /// Ranks observations.
  ///
  /// - Parameters:
  ///   - scores: Larger for more likely to fail; none NaN.
  ///   - failed: Whether each failed.
  ///   - clusters: The cluster of each, from 0.
  ///   - clusterCount: How many clusters there are, of which any may be empty.
  /// - Complexity: O(n · log n).
  public init(scores: [Double], failed: [Bool], clusters: [Int], clusterCount: Int) {
    precondition(scores.count == failed.count && scores.count == clusters.count)
    precondition(!scores.contains(where: \.isNaN))
    precondition(clusters.allSatisfy { (0..<clusterCount).contains($0) })
    // By place where scores are equal, so that nothing depends on the sort.
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    observations = order.map {
      Observation(cluster: Int32(clusters[$0]), hasFailed: failed[$0])
    }
    var ends: [Int] = []
    for place in order.indices
    where place + 1 == order.count || scores[order[place + 1]] > scores[order[place]] {
      ends.append(place + 1)
    }
    self.ends = ends
    var (failures, others) = (
      [Int](repeating: 0, count: clusterCount), [Int](repeating: 0, count: clusterCount)
    )
    for (cluster, hasFailed) in zip(clusters, failed) {
      if hasFailed { failures[cluster] += 1 } else { others[cluster] += 1 }
    }
    (self.failures, self.others) = (failures, others)
  }

  /// The areas.
  ///
  /// - Parameter left: A cluster that is left out; nil for none.
  /// - Returns: The areas; nil unless there are failures and others.
  /// - Complexity: O(n).
  public func areas(without left: Int? = nil) -> Areas? {
    let left = left.map { Int32($0) } ?? -1
    var (failed, passed) = (0, 0)  // so far
    // Pairs in which the failure has the larger score, twice, so that half a pair is whole.
    var pairs = 0
    var risks = 0.0
    var start = 0
    for end in ends {
      var (more, rest) = (0, 0)
      for place in start..<end where observations[place].cluster != left {
        if observations[place].hasFailed { more += 1 } else { rest += 1 }
      }
      start = end
      pairs += more * (2 * passed + rest)
      let count = more + rest
      let share = Double(more) / Double(max(count, 1))
      for trusted in 0..<count {
        risks +=
          (Double(failed) + share * Double(trusted + 1)) / Double(failed + passed + trusted + 1)
      }
      failed += more
      passed += rest
    }
    guard failed > 0, passed > 0 else { return nil }
    return Areas(
      underROC: Double(pairs) / (2 * Double(failed) * Double(passed)),
      underRiskCoverage: risks / Double(failed + passed))
  }
}
