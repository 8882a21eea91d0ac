import Testing

@testable import Pairs

struct PercentilesTests {
  /// `pandas.Series([.1, .3, .3, .2, .9]).rank(pct=True) * 100`, pandas 2.
  @Test func `average ranks as shares`() {
    let values: [Float] = [0.1, 0.3, 0.3, 0.2, 0.9]
    let percentiles = Percentiles(values)
    let found = values.map(percentiles.percentile)
    for (value, expected) in zip(found, [20.0, 70, 70, 40, 100]) {
      #expect(abs(value - expected) < 1e-12)
    }
    #expect(Percentiles([2]).percentile(2) == 100)
    #expect(Percentiles([2, 2, 2, 2]).percentile(2) == 62.5)
  }
}
