import Testing

@testable import Images

struct BicubicTests {
  @Test func `the kernel is one at its middle, zero at whole distances, and even`() {
    let weight = ResamplingFilter.bicubic.weight
    #expect(weight(0) == 1)
    #expect([1.0, 2, 3, -1, -2].allSatisfy { weight($0) == 0 })
    // By hand: 1.5/8 − 2.5/4 + 1, and −½ (27/8 − 45/4 + 12 − 4).
    #expect(weight(0.5) == 0.5625 && weight(-0.5) == 0.5625)
    #expect(weight(1.5) == -0.0625 && weight(-1.5) == -0.0625)
  }
}
