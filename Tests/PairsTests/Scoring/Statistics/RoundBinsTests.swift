import Testing

@testable import Pairs

struct RoundBinsTests {
  @Test func `ends are decimals, and every number lies in its bin`() {
    let bins = RoundBins(0.13...2.9, limit: 60)
    #expect(bins.low(0) == 0.1 && bins.low(1) == 0.15 && bins.low(2) == 0.2)
    #expect(bins.count == 57 && bins.bin(0.15) == 1 && bins.bin(2.9) == 56)
    let scores = RoundBins(-12.5...34, limit: 60)
    #expect(scores.low(0) == -13 && scores.low(scores.count) == 35)
    #expect(scores.bin(-12.5) == 0 && scores.bin(0) == 13 && scores.bin(34) == scores.count - 1)
  }

  @Test func `one number is a bin, and so are numbers that rounding alone tells apart`() {
    #expect(RoundBins(0...0, limit: 60).count == 1)
    #expect(RoundBins(25.000000000001...25.000000000002, limit: 60).count <= 2)
    #expect(RoundBins(-100...100, limit: 1).count <= 3)
  }

  @Test func `bins hold what they say`() {
    for (low, high) in [(-1.0, 1.0), (0.01, 0.011), (12, 99.99), (-0.37, 0.11), (20, 20.4)] {
      let bins = RoundBins(low...high, limit: 50)
      #expect(bins.count <= 52)
      for step in 0...1000 {
        let number = low + (high - low) * Double(step) / 1000
        let bin = bins.bin(number)
        #expect(bins.low(bin) <= number && number < bins.low(bin + 1))
      }
    }
  }
}
