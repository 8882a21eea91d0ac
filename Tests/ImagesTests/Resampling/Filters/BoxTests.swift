import Testing

@testable import Images

struct BoxTests {
  private func row(_ values: [UInt8]) -> RGBImage {
    RGBImage(width: values.count, height: 1, pixels: values.flatMap { [$0, $0, $0] })
  }

  @Test func `the box has its upper edge and not its lower one`() {
    let weight = ResamplingFilter.box.weight
    #expect([-1, -0.5, 0.5.nextUp].allSatisfy { weight($0) == 0 })
    #expect([(-0.5).nextUp, 0, 0.5].allSatisfy { weight($0) == 1 })
  }

  @Test func `a smaller image has means of the samples whose middles a new one covers`() {
    let image = row([0, 100, 255, 50])
    // (255 + 50) / 2 = 152.5 is rounded up.
    #expect(image.resized(width: 2, height: 1, filter: .box) == row([50, 153]))
    // Samples of 4/3: the middles 1/2; 3/2 and 5/2; 7/2.
    #expect(image.resized(width: 3, height: 1, filter: .box) == row([0, 178, 50]))
    #expect(image.resized(width: 1, height: 1, filter: .box) == row([101]))
  }

  @Test func `a larger image has copies, an edge belonging to the sample behind it`() {
    let image = row([0, 100, 255, 50])
    let double = image.resized(width: 8, height: 1, filter: .box)
    #expect(double == row([0, 0, 100, 100, 255, 255, 50, 50]))
    // The middles 1/3, 1, 5/3, 7/3, 3, 11/3.
    let half = image.resized(width: 6, height: 1, filter: .box)
    #expect(half == row([0, 100, 100, 255, 50, 50]))
  }
}
