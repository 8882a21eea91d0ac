import Testing

@testable import Reports

struct DistanceFiguresTests {
  @Test func `quantiles lie between neighbours`() {
    #expect(DistanceFigures.quantile([1, 2, 4], 0.5) == 2)
    #expect(DistanceFigures.quantile([1, 2, 4], 0.75) == 3)
    #expect(DistanceFigures.quantile([5], 0.25) == 5)
  }
}
