import LinearAlgebra
import Testing

@testable import Pairs

struct MatchedAreaTests {
  private func area(_ matched: [Float], _ shuffled: [Float], pairs count: Int? = nil)
    -> ScoreEstimate
  {
    let places = matched.indices.map { Int32($0) }
    let pairs = ScoredPairs.of(images: places, texts: places, cosines: matched)
    let distinct = DistinctPairs(pairs)
    return MatchedArea(
      pairs, distinct, shuffled: ShuffledPairs(pairs, distinct: distinct, seed: 0),
      cosines: shuffled
    ).estimate
  }

  @Test func `five pairs by hand, ties counted half`() {
    // sklearn 1.9.1, roc_auc_score of the ten: 0.74. Of 25 comparisons 18 are won and one is tied.
    let estimate = area([0.31, 0.28, 0.35, 0.22, 0.28], [0.2, 0.28, 0.24, 0.31, 0.1])
    #expect(abs(estimate.value - 0.74) < 1e-12)
    #expect(estimate.low == nil && estimate.interval.hasPrefix("none: fewer than 6"))
  }

  @Test func `scores that are separate have a bound`() throws {
    let estimate = area((0..<15).map { 0.5 + Float($0) / 100 }, [Float](repeating: 0.1, count: 15))
    #expect(estimate.value == 1 && estimate.high == 1)
    // Clopper and Pearson's of 5 of 5, scipy 1.17.1: 0.478176.
    #expect(try abs(#require(estimate.low) - 0.47817624989501856) < 1e-9)
    #expect(estimate.interval == "clopper-pearson of 5 independent comparisons")
    let reverse = area([Float](repeating: 0, count: 15), [Float](repeating: 0.1, count: 15))
    #expect(reverse.value == 0 && reverse.low == 0)
    #expect(try abs(#require(reverse.high) - 0.52182375010498144) < 1e-9)
  }

  @Test func `equal scores say nothing and have no spread`() {
    let estimate = area([Float](repeating: 0.2, count: 9), [Float](repeating: 0.2, count: 9))
    #expect(estimate.value == 0.5 && estimate.low == nil && estimate.interval == "none: no spread")
  }

  @Test func `exchanged scores have the exchanged interval`() throws {
    let a: [Float] = [0.3, 0.2, 0.5, 0.4, 0.25, 0.35, 0.15, 0.45]
    let b: [Float] = [0.1, 0.22, 0.3, 0.26, 0.32, 0.05, 0.18, 0.12]
    let (one, other) = (area(a, b), area(b, a))
    #expect(abs(one.value + other.value - 1) < 1e-12)
    let (low, high) = try (#require(one.low), #require(one.high))
    #expect(low > 0 && low < one.value && one.value < high && high < 1)
  }
}
