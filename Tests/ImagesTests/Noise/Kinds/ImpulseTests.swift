import Testing

@testable import Images

struct ImpulseTests {
  @Test(arguments: NoiseKind.severities)
  func `impulses hit their share, half with salt and half with pepper`(severity: Int) throws {
    let share = [0.03, 0.06, 0.09, 0.17, 0.27][severity - 1]
    let values = try NoiseKind.impulse.samples(of: .gray(100), severity: severity)
    let n = Double(values.count)
    for extreme in [0.0, 1] {
      let found = Double(values.count { $0 == extreme }) / n
      #expect(abs(found - share / 2) < 5 * (share / 2 / n).squareRoot())
    }
    #expect(values.allSatisfy { $0 == 0 || $0 == 1 || $0 == 100.0 / 255 })
  }

  @Test func `what a severity hits, all above hit alike`() throws {
    let image = RGBImage.patterned(45, 61)
    let clean = image.pixels.map { Double($0) / 255 }
    let impulses = try NoiseKind.severities.map {
      try NoiseKind.impulse.samples(of: image, severity: $0)
    }
    for (weak, strong) in zip(impulses, impulses.dropFirst()) {
      for index in clean.indices where weak[index] != clean[index] {
        #expect(strong[index] == weak[index])
      }
    }
  }
}
