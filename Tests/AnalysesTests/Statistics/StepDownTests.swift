import Testing

@testable import Analyses

struct StepDownTests {
  @Test func `three tests and four draws by hand`() {
    let null: [[Double]] = [[1, 0, 0], [0, 3, 1], [2, 2, 0], [0, 0, 5]]
    // The largest statistic, 4, is reached by the largest of a draw once in 4: (1 + 1) / 5. Of the other two, 2.5 is
    // reached by the larger in the second draw and the first column is left out of it; 0.5 alone by [1, 0, 0] and [2, 2, 0],
    // and is made no less than the one before.
    let adjusted = stepDownAdjusted(observed: [0.5, 2.5, 4], null: null, isExact: false)
    #expect(adjusted == [0.6, 0.4, 0.4])
  }

  @Test func `all draws have the observed one among them`() {
    let adjusted = stepDownAdjusted(
      observed: [2, 1], null: [[2, 1], [1, 2], [0, 0], [0, 1]], isExact: true)
    #expect(adjusted == [0.5, 0.75])
  }

  @Test func `one test has its own p-value, and equal tests pay for one`() {
    let draws = (0..<99).map { Double($0) }
    let alone = stepDownAdjusted(observed: [95], null: draws.map { [$0] }, isExact: false)
    let twins = stepDownAdjusted(observed: [95, 95], null: draws.map { [$0, $0] }, isExact: false)
    #expect(alone == [0.05])
    #expect(twins == [0.05, 0.05])
  }

  @Test func `no test, and no draw`() {
    #expect(stepDownAdjusted(observed: [], null: [[]], isExact: true) == [])
    #expect(stepDownAdjusted(observed: [3, 1], null: [], isExact: false) == [1, 1])
  }
}
