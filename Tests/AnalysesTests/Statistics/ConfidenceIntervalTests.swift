import Testing

@testable import Analyses

struct ConfidenceIntervalTests {
  @Test(arguments: [
    ((-0.04, 0.15), (0.0, 0.15)), ((0.2, 0.5), (0.2, 0.5)), ((1.5, 2.5), (1.5, 2.0)),
    ((-3.0, -1.0), (0.0, 0.0)), ((3.0, 4.0), (2.0, 2.0)),
  ])
  func `an interval ends where the number can lie`(
    ends: (Double, Double), expected: (Double, Double)
  ) {
    let interval = ConfidenceInterval(low: ends.0, high: ends.1, method: .crossedT)
    #expect(
      interval.clamped(to: 0...2)
        == ConfidenceInterval(low: expected.0, high: expected.1, method: .crossedT))
  }
}
