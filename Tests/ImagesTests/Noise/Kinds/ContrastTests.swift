import Testing

@testable import Images

/// The expected numbers are from the script at `RGBImage.patterned`.
struct ContrastTests {
  @Test func `contrast is the published formula`() throws {
    let expected: [(sum: Double, value: Double)] = [
      (2022.2844537205906, 0.3396541305046612), (2022.828432919282, 0.3792696882031505),
      (2023.3724121179735, 0.4188852459016398), (2023.916391316665, 0.45850080360012907),
      (2024.1883809160108, 0.4783085824493737),
    ]
    for (severity, expected) in zip(NoiseKind.severities, expected) {
      let values = try NoiseKind.contrast.samples(of: .patterned(45, 61), severity: severity)
      let sum = values.enumerated().reduce(0.0) { $0 + $1.element * Double($1.offset % 101) / 101 }
      #expect(abs(sum - expected.sum) < 2e-4)
      #expect(abs(values[1234] - expected.value) < 1e-7)
    }
  }

  @Test func `contrast by hand`() throws {
    // Red 0 and 1 around 1/2, green alike at 51/255 = 0.2, blue 0.2 and 0.6 around 0.4.
    let image = RGBImage(width: 2, height: 1, pixels: [0, 51, 51, 255, 51, 153])
    let values = try NoiseKind.contrast.samples(of: image, severity: 1)
    for (value, expected) in zip(values, [0.3, 0.2, 0.32, 0.7, 0.2, 0.48]) {
      #expect(abs(value - expected) < 1e-7)
    }
  }
}
