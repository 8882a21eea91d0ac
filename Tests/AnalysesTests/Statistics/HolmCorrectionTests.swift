import Testing

@testable import Analyses

struct HolmCorrectionTests {
  @Test func `four tests by hand`() {
    // Ascending 0.005 · 4, 0.01 · 3, 0.03 · 2, 0.04 · 1, which is made the one before.
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func `one test stays, none is none, and none exceeds 1`() {
    #expect(holmAdjusted([0.2]) == [0.2])
    #expect(holmAdjusted([]).isEmpty)
    #expect(holmAdjusted([0.9, 0.5, 0.7]) == [1, 1, 1])
    #expect(holmAdjusted([0, 0]) == [0, 0])
  }
}
