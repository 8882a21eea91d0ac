import Testing

@testable import Reports

struct EvenBinsTests {
  @Test func `bins that a table leaves out have their places`() throws {
    let bins = try #require(EvenBins(lows: [0.2, -0.1], highs: [0.3, 0], most: 10))
    #expect(bins.count == 4)
    #expect(bins.place(-0.1) == 0 && bins.place(0.2) == 3)
    #expect(bins.place(0.4) == nil && bins.place(-0.3) == nil)
    // The lower end of bin 1 lies half a bin before its middle.
    let zero = bins.axis(label: "").ticks.first { $0.label.hasPrefix("0.0") }
    #expect(abs(try #require(zero).value - 0.5) < 1e-9)
  }

  @Test func `no bins, bins of no width and too many are none`() {
    #expect(EvenBins(lows: [], highs: [], most: 10) == nil)
    #expect(EvenBins(lows: [1], highs: [1], most: 10) == nil)
    #expect(EvenBins(lows: [0, 1e90], highs: [1, 2e90], most: 10) == nil)
    #expect(EvenBins(lows: [0, 10], highs: [1, 11], most: 10) == nil)
  }
}
