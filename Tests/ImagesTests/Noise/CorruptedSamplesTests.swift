import Testing

@testable import Images

struct CorruptedSamplesTests {
  @Test func `numbers are clipped to the unit, and rounded to bytes`() {
    let samples = CorruptedSamples.clipped([-0.5, 0, 0.5, 1, 1.5])
    guard case .unit(let values) = samples else {
      Issue.record("expected numbers")
      return
    }
    #expect(values == [0, 0, 0.5, 1, 1])
    #expect(samples.rounded == [0, 0, 128, 255, 255])
    #expect(CorruptedSamples.bytes([7, 200]).rounded == [7, 200])
  }

  @Test func `a byte is a number of the unit`() {
    let image = RGBImage(width: 1, height: 1, pixels: [0, 51, 255])
    #expect(image.unitSamples == [0, 0.2, 1])
  }
}
