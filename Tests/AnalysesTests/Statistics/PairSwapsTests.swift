import Testing

@testable import Analyses

struct PairSwapsTests {
  private func swaps(_ count: Int, _ replicates: Int, seed: UInt64 = 0) -> PairSwaps {
    PairSwaps(
      count: count, resampling: Resampling("test", replicates: replicates, seed: seed))
  }

  @Test func `all ways of three pairs, the first as they are and the last never exchanged`() {
    let all = swaps(3, 3)
    #expect(all.isExact && all.ways == 4)
    #expect((0..<4).map(all.signs) == [[1, 1, 1], [-1, 1, 1], [1, -1, 1], [-1, -1, 1]])
    #expect(all.pValue(extreme: 1) == 0.25 && all.least(pairs: 3) == 0.25)
    #expect(all.least(pairs: 2) == 0.5 && all.least(pairs: 1) == 1)
    #expect(swaps(1, 1).ways == 1)
  }

  @Test func `random ways where all are too many`() {
    let random = swaps(3, 2)
    #expect(!random.isExact && random.ways == 2 && random.pValue(extreme: 0) == 1.0 / 3)
    #expect(random.least(pairs: 3) == 1.0 / 3)
    let many = swaps(100, 99)
    #expect(!many.isExact && many.least(pairs: 100) == 0.01 && many.least(pairs: 3) == 0.25)
    #expect(PairSwaps.leastOfAll(pairs: 100) == 0)
    // Another seed is another draw; more of them begin with the same.
    #expect(
      many.signs(5) == swaps(100, 999).signs(5) && many.signs(5) != swaps(100, 99, seed: 1).signs(5)
    )
    let sums = (0..<99).flatMap { many.signs($0) }
    #expect(sums.allSatisfy { abs($0) == 1 } && abs(sums.reduce(0, +)) < 400)
  }
}
