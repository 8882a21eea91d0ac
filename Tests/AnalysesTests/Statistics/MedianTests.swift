import Analyses
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
}
