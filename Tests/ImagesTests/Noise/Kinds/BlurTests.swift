import Testing

@testable import Images

/// The expected numbers are from the script at `RGBImage.patterned`.
struct BlurTests {
  @Test func `blur is scikit-image's`() throws {
    let expected: [(sum: Double, value: Double)] = [
      (2022.183053609098, 0.38688800995553263), (2023.8440537833237, 0.45827727694462794),
      (2024.2867049093625, 0.4701449160343007), (2024.108013957037, 0.47833912488597624),
      (2022.7214117368785, 0.4873098274515508),
    ]
    for (severity, expected) in zip(NoiseKind.severities, expected) {
      let values = try NoiseKind.blur.samples(of: .patterned(45, 61), severity: severity)
      let sum = values.enumerated().reduce(0.0) { $0 + $1.element * Double($1.offset % 101) / 101 }
      // 8,235 values with rounding errors of about 1e-7.
      #expect(abs(sum - expected.sum) < 2e-4)
      #expect(abs(values[1234] - expected.value) < 5e-7)
    }
    // Smaller than the filter: beyond its edges the outermost pixels go on.
    let small = try NoiseKind.blur.samples(of: .patterned(5, 4), severity: 3)
    let head = [
      0.3670098, 0.3971317, 0.3988787, 0.3813196, 0.4096089, 0.4326455, 0.3883972, 0.4242741,
      0.4669561, 0.3871072, 0.4401167, 0.4990967,
    ]
    #expect(small.count == 60)
    for (value, expected) in zip(small, head) { #expect(abs(value - expected) < 5e-7) }
  }
}
