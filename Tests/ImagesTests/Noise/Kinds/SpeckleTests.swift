import Testing

@testable import Images

struct SpeckleTests {
  @Test(arguments: NoiseKind.severities)
  func `speckle grows with the value`(severity: Int) throws {
    let deviation = [0.15, 0.2, 0.35, 0.45, 0.6][severity - 1]
    for byte in [20, 40] as [UInt8] {
      let value = Double(byte) / 255
      let epsilon = try NoiseKind.speckle.samples(of: .gray(byte), severity: severity).map {
        ($0 - value) / value
      }
      // The median is at 0 and a sixth lies above one deviation, whatever is clipped.
      let n = Double(epsilon.count)
      for (limit, share) in [(0, 0.5), (deviation, 0.158655), (-deviation, 0.841345)] {
        let found = Double(epsilon.count { $0 > limit }) / n
        #expect(abs(found - share) < 5 * (share * (1 - share) / n).squareRoot())
      }
    }
    #expect(try NoiseKind.speckle.samples(of: .gray(0), severity: severity).allSatisfy { $0 == 0 })
  }

  @Test func `speckle is one ε at all severities, where nothing is clipped`() throws {
    let image = RGBImage.patterned(45, 61)
    let clean = image.pixels.map { Double($0) / 255 }
    let one = try NoiseKind.speckle.samples(of: image, severity: 1)
    let two = try NoiseKind.speckle.samples(of: image, severity: 2)
    for index in clean.indices where two[index] > 0 && two[index] < 1 {
      #expect(abs((two[index] - clean[index]) * 0.75 - (one[index] - clean[index])) < 1e-6)
    }
  }
}
