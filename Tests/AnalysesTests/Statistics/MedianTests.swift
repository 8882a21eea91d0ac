import Analyses
import Fixtures
import Testing

struct MedianTests {
  @Test(
    arguments: [
      ([3], 3), ([4, 1], 2.5), ([9, 1, 2], 2), ([8, 1, 2, 4], 3), ([-1, .infinity, 0], 0),
    ] as [([Double], Double)])
  func `it lies in the middle`(values: [Double], median: Double) {
    #expect(values.median == median)
  }

  @Test func `of nothing there is none`() { #expect([Double]().median == nil) }

  @Test func `it is that of the sorted values, with ties, in any order`() {
    var random = SplitMix(seed: 5)
    for round in 0..<400 {
      let count = 1 + round % 60
      let kinds = round % 3 == 0 ? 3 : 1000
      var values = (0..<count).map { _ in Double(Int.random(in: 0..<kinds, using: &random)) }
      if round % 5 == 0 { values.sort() }
      if round % 5 == 1 { values.sort(by: >) }
      let sorted = values.sorted()
      #expect(values.median == (sorted[(count - 1) / 2] + sorted[count / 2]) / 2, "\(values)")
    }
  }
}
