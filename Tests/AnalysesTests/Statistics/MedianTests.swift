import Analyses
import LinearAlgebra
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
    let random = RandomStream(domain: "tests/median", seed: 5)
    for round in 0..<400 {
      let count = 1 + round % 60
      let kinds = round % 3 == 0 ? 0.02 : 1000
      var values = random.normals(count: 64).prefix(count).map {
        (Double($0 * Float(round)) * kinds).rounded()
      }
      if round % 5 == 0 { values.sort() }
      if round % 5 == 1 { values.sort(by: >) }
      let sorted = values.sorted()
      #expect(values.median == (sorted[(count - 1) / 2] + sorted[count / 2]) / 2, "\(values)")
    }
  }
}
