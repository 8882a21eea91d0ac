import LinearAlgebra
import Testing

@testable import Analyses

struct AreaComparisonTests {
  private func areas(
    _ scores: [Double], _ failed: [Bool], _ clusters: [Int], count: Int
  ) throws -> ClusteredAreas {
    try #require(
      try ClusteredAreas(
        RiskRanking(scores: scores, failed: failed, clusters: clusters, clusterCount: count)))
  }

  private let failed = [
    1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0,
    0, 0, 1, 0, 0, 0, 1, 0, 0, 1,
  ].map { $0 == 1 }
  private let first = [
    0.7, -0.6, 0.7, 1.4, -1.5, 1.5, 0.1, 0, 2.6, 1.4, -1.2, 0.1, 0.6, 0.4, 1.3, 0.5, 1.3, 2, -0.1,
    0.8, -0.5, 0.1, -0.6, -0.6, -0.2, 1.5, 1.7, -0.7, -0.2, 1.2, -1.4, -0.5, -0.1, 1.3, 1.3, -0.3,
    -0.4, -0.3, 2.1, -0.4, -0.3, 1,
  ]
  private let second = [
    0.2, 0.1, -0.8, 0, -0.4, 1.5, 0.9, 0.5, 1.2, 0.2, 1.3, 0.2, 0.6, -1, 0.6, -1.4, -1.7, 0, -0.4,
    0.7, 2.4, -0.6, -0.1, 0.4, 0.5, 0.1, 0.1, 1, 0.8, -0.7, 0.4, 0.2, -0.9, 0.5, -0.4, 1.2, 0.2,
    0.1, -0.3, -0.1, -2, -0.8,
  ]
  private let sevens = (0..<42).map { $0 / 6 }

  // roc_auc_score of scikit-learn 1.9.1 of all and without each cluster, then as for ClusterJackknife, of
  // scipy.special.logit with expit of the ends; numbers of NumPy's default_rng(7). Tolerance: 1e-9.
  @Test func `two signals of seven classes`() throws {
    let (a, b) = (
      try areas(first, failed, sevens, count: 7), try areas(second, failed, sevens, count: 7)
    )
    let comparison = AreaComparison([a], other: [b])
    #expect(abs(comparison.underROC - 0.7569444444444445) < 1e-12)
    let roc = try #require(comparison.underROCInterval)
    #expect(abs(roc.low - 0.5442524523890706) < 1e-9 && abs(roc.high - 0.8903699434772737) < 1e-9)
    #expect(abs(comparison.underRiskCoverage - 0.4214150959684102) < 1e-12)
    let risk = try #require(comparison.underRiskCoverageInterval)
    #expect(abs(risk.low - 0.2434867910132407) < 1e-9 && abs(risk.high - 0.6223943137763818) < 1e-9)
    let jackknife = try #require(comparison.differenceJackknife)
    #expect(abs(jackknife.estimate - 0.34490740740740744) < 1e-12)
    #expect(abs(jackknife.standardError - 0.11033713140527261) < 1e-12)
    #expect(abs(jackknife.degreesOfFreedom - 5.910784310657249) < 1e-12)
    let difference = try #require(jackknife.interval())
    #expect(abs(difference.low - 0.07393127944660177) < 1e-9)
    #expect(abs(try #require(jackknife.pValue) - 0.020839250967438237) < 1e-9)
    #expect(comparison.obstacles.isEmpty && comparison.differenceInfluences?.count == 7)
  }

  @Test func `the mean of a level with itself is that level, and an empty cluster is none`() throws
  {
    let a = try areas(first, failed, sevens, count: 7)
    let once = AreaComparison([a])
    let twice = AreaComparison([a, a])
    #expect(twice.underROC == once.underROC && twice.underROCInterval == once.underROCInterval)
    #expect(once.difference == nil && once.differenceJackknife == nil)
    let more = AreaComparison([try areas(first, failed, sevens, count: 9)])
    #expect(more.underROCInterval == once.underROCInterval)
    // A signal compared with itself differs by nothing, which no cluster changes.
    let same = AreaComparison([a], other: [a])
    #expect(same.difference == 0 && same.differenceJackknife == nil)
  }

  @Test func `what an interval cannot be made of is told`() throws {
    let fives = (0..<42).map { $0 % 5 }
    let few = AreaComparison([try areas(first, failed, fives, count: 5)])
    #expect(few.obstacles == [.clusters] && few.underROCInterval == nil)
    // All failures in one class of seven.
    let single = try areas(first, sevens.map { $0 == 3 }, sevens, count: 7)
    #expect(AreaComparison([single]).obstacles == [.oneCluster])
    // No error at all.
    let perfect = try areas(failed.map { $0 ? 1 : 0 }, failed, sevens, count: 7)
    let comparison = AreaComparison([perfect], other: [try areas(second, failed, sevens, count: 7)])
    #expect(comparison.underROC == 1 && comparison.underROCInterval == nil)
    #expect(comparison.obstacles == [.noError] && comparison.underRiskCoverageInterval != nil)
    #expect(comparison.differenceJackknife != nil)
    // The same score for all: a half, whatever is left out.
    let nothing = AreaComparison([try areas(failed.map { _ in 1 }, failed, sevens, count: 7)])
    #expect(nothing.obstacles == [.noSpread] && nothing.underROC == 0.5)
    #expect(nothing.underRiskCoverageInterval != nil)
    #expect(
      AreaComparison([perfect], makesIntervals: false).obstacles.isEmpty)
  }
}
