import LinearAlgebra
import Testing

@testable import Analyses

struct RiskRankingTests {
  private func ranked(_ scores: [Double], _ failed: [Bool]) -> RiskRanking.Areas? {
    RiskRanking(
      scores: scores, failed: failed, clusters: scores.map { _ in 0 }, clusterCount: 1
    ).areas()
  }

  @Test func `five images by hand`() throws {
    // Trusted in the order 1, 2, 3, 4, 5; the second and the fifth fail.
    let areas = try #require(
      ranked([1, 2, 3, 4, 5], [false, true, false, false, true]))
    // Pairs: the second is above one of three, the fifth above three.
    #expect(areas.underROC == 4.0 / 6)
    #expect(abs(areas.underRiskCoverage - (0 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 2 / 5.0) / 5) < 1e-15)
  }

  @Test func `ties count half, and are trusted in random order`() throws {
    // The first is trusted; then either of a failure and another, in either order.
    let areas = try #require(ranked([0, 1, 1], [false, true, false]))
    #expect(areas.underROC == 1.5 / 2)
    #expect(abs(areas.underRiskCoverage - (0 + (1 / 2.0 + 0) / 2 + 1 / 3.0) / 3) < 1e-15)
    let all = try #require(ranked([7, 7, 7, 7], [true, false, false, false]))
    #expect(all == RiskRanking.Areas(underROC: 0.5, underRiskCoverage: 0.25))
  }

  @Test func `nothing is ranked where all or none fail`() {
    #expect(ranked([1, 2], [true, true]) == nil && ranked([1, 2], [false, false]) == nil)
    #expect(ranked([], []) == nil)
    let ranking = RiskRanking(
      scores: [1, 2, 3], failed: [true, false, false], clusters: [0, 1, 1], clusterCount: 3)
    #expect(ranking.areas(without: 0) == nil && ranking.areas(without: 1) == nil)
    #expect(ranking.areas(without: 2) == ranking.areas() && ranking.areas() != nil)
    #expect(ranking.failures == [1, 0, 0] && ranking.others == [0, 2, 0])
  }

  // roc_auc_score of scikit-learn 1.9.1; the area under the risk–coverage curve as the mean over all orders
  // of equal scores (itertools.permutations) in NumPy 2.4.6: numpy.mean(numpy.cumsum(y) / arange(1, n + 1)).
  // Tolerance: 1e-15.
  @Test func `scikit-learn's areas, of all and without each cluster`() throws {
    let ranking = RiskRanking(
      scores: [0.1, 0.4, 0.35, 0.8, 0.8, 0.2, 0.4, 0.4, 0.9, 0.05, 0.6, 0.2],
      failed: [0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1].map { $0 == 1 },
      clusters: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], clusterCount: 4)
    let all = try #require(ranking.areas())
    #expect(abs(all.underROC - 0.7222222222222222) < 1e-15)
    #expect(abs(all.underRiskCoverage - 0.3175414862914863) < 1e-15)
    let expected = [
      (0.725, 0.379320987654321), (0.75, 0.35873015873015873), (0.7, 0.27339065255731926),
      (0.725, 0.2788800705467372),
    ]
    for (cluster, (roc, risk)) in expected.enumerated() {
      let areas = try #require(ranking.areas(without: cluster))
      #expect(abs(areas.underROC - roc) < 1e-15 && abs(areas.underRiskCoverage - risk) < 1e-15)
    }
  }

  @Test func `only the order of scores counts, and turned round it is the opposite`() throws {
    let stream = RandomStream(domain: "test/ranking", seed: 5).normals(count: 200)
    // A tenth has many ties.
    let scores = stream[..<100].map { (10 * Double($0)).rounded() / 10 }
    let failed = zip(stream[100...], scores).map { Double($0) + 0.5 * $1 > 0.3 }
    let areas = try #require(ranked(scores, failed))
    #expect(try #require(ranked(scores.map { $0 * $0 * $0 + 2 }, failed)) == areas)
    let order = Array((0..<100).reversed())
    let moved = try #require(ranked(order.map { scores[$0] }, order.map { failed[$0] }))
    #expect(moved == areas)
    let turned = try #require(ranked(scores.map { -$0 }, failed))
    #expect(abs(turned.underROC - (1 - areas.underROC)) < 1e-15)
    let opposite = try #require(ranked(scores, failed.map { !$0 }))
    #expect(abs(opposite.underROC - (1 - areas.underROC)) < 1e-15)
    #expect(abs(opposite.underRiskCoverage - (1 - areas.underRiskCoverage)) < 1e-14)
  }

  @Test func `without a cluster is what is left by itself`() throws {
    let stream = RandomStream(domain: "test/left", seed: 6).normals(count: 80)
    let scores = stream[..<40].map { Double($0).rounded() }
    let failed = stream[40...].map { $0 > 0 }
    let clusters = (0..<40).map { $0 % 5 }
    let ranking = RiskRanking(scores: scores, failed: failed, clusters: clusters, clusterCount: 5)
    for left in 0..<5 {
      let kept = (0..<40).filter { clusters[$0] != left }
      #expect(
        ranking.areas(without: left) == ranked(kept.map { scores[$0] }, kept.map { failed[$0] }))
    }
  }
}
