import Files
import Foundation
import LinearAlgebra
import Testing

@testable import Images

/// Against the published formulas in Python.
///
/// The expected numbers of blur, contrast and jpeg are from this script (NumPy 2.4, scikit-image 0.26,
/// Pillow 13.0), with the formulas and constants of `make_imagenet_c.py` in
/// github.com/hendrycks/robustness:
///
///     import io, hashlib, numpy as np
///     from PIL import Image
///     from skimage.filters import gaussian
///     def image(h, w):
///         i = np.arange(h * w * 3)
///         return ((37 * i + i * i // 7) % 256).astype(np.uint8).reshape(h, w, 3)
///     def blur(x, s):
///         return np.clip(gaussian(x / 255, sigma=[1, 2, 3, 4, 6][s - 1], channel_axis=-1), 0, 1)
///     def contrast(x, s):
///         x = x / 255
///         m = x.mean(axis=(0, 1), keepdims=True)
///         return np.clip((x - m) * [.4, .3, .2, .1, .05][s - 1] + m, 0, 1)
///     def jpeg(x, s):
///         b = io.BytesIO()
///         Image.fromarray(x).save(b, "JPEG", quality=[25, 18, 15, 10, 7][s - 1])
///         return np.asarray(Image.open(b))
///     y = image(45, 61)
///     w = np.arange(y.size) % 101 / 101
///     for s in range(1, 6):
///         print((blur(y, s).ravel() * w).sum(), blur(y, s).ravel()[1234])
///         print((contrast(y, s).ravel() * w).sum(), contrast(y, s).ravel()[1234])
///         print(hashlib.sha256(jpeg(y, s).tobytes()).hexdigest())
///     print(blur(image(5, 4), 3).ravel()[:12])
struct CorruptionTests {
  private static func image(_ height: Int, _ width: Int) -> RGBImage {
    let pixels = (0..<height * width * 3).map { (index: Int) -> UInt8 in
      UInt8((37 * index + index * index / 7) % 256)
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  private static func gray(_ value: UInt8, side: Int = 200) -> RGBImage {
    RGBImage(
      width: side, height: side, pixels: [UInt8](repeating: value, count: side * side * 3))
  }

  private func samples(
    _ kind: NoiseKind, _ severity: Int, _ image: RGBImage, seed: UInt64 = 0, name: String = "a"
  ) throws -> [Double] {
    let corruption = Corruption(
      kind: kind, severity: severity, digest: Digest(of: name), seed: seed)
    switch try corruption.samples(of: image) {
    case .bytes(let bytes): return bytes.map { Double($0) / 255 }
    case .unit(let values): return values.map { Double($0) }
    }
  }

  // MARK: Kinds without chance, against the oracle

  @Test func `blur is scikit-image's`() throws {
    let expected: [(sum: Double, value: Double)] = [
      (2022.183053609098, 0.38688800995553263), (2023.8440537833237, 0.45827727694462794),
      (2024.2867049093625, 0.4701449160343007), (2024.108013957037, 0.47833912488597624),
      (2022.7214117368785, 0.4873098274515508),
    ]
    for (severity, expected) in zip(NoiseKind.severities, expected) {
      let values = try samples(.blur, severity, Self.image(45, 61))
      let sum = values.enumerated().reduce(0.0) { $0 + $1.element * Double($1.offset % 101) / 101 }
      // 8,235 values with rounding errors of about 1e-7.
      #expect(abs(sum - expected.sum) < 2e-4)
      #expect(abs(values[1234] - expected.value) < 5e-7)
    }
    // Smaller than the filter: beyond its edges the outermost pixels go on.
    let small = try samples(.blur, 3, Self.image(5, 4))
    let head = [
      0.3670098, 0.3971317, 0.3988787, 0.3813196, 0.4096089, 0.4326455, 0.3883972, 0.4242741,
      0.4669561, 0.3871072, 0.4401167, 0.4990967,
    ]
    #expect(small.count == 60)
    for (value, expected) in zip(small, head) { #expect(abs(value - expected) < 5e-7) }
  }

  @Test func `contrast is the published formula`() throws {
    let expected: [(sum: Double, value: Double)] = [
      (2022.2844537205906, 0.3396541305046612), (2022.828432919282, 0.3792696882031505),
      (2023.3724121179735, 0.4188852459016398), (2023.916391316665, 0.45850080360012907),
      (2024.1883809160108, 0.4783085824493737),
    ]
    for (severity, expected) in zip(NoiseKind.severities, expected) {
      let values = try samples(.contrast, severity, Self.image(45, 61))
      let sum = values.enumerated().reduce(0.0) { $0 + $1.element * Double($1.offset % 101) / 101 }
      #expect(abs(sum - expected.sum) < 2e-4)
      #expect(abs(values[1234] - expected.value) < 1e-7)
    }
  }

  @Test(arguments: [
    (1, "e0f515cad17d9292ee0396524ba972c972f1b90840647aab99a3aaa53497fb46"),
    (2, "7d9a6bcdd3096c437b85623358e02ceecdef1d065be7a036f761cac468cddad1"),
    (3, "03dbafc396ff477198544d22575b9d8f7b920525ca2401ce2e6bdacaeaebba1c"),
    (4, "d55f7ee436bfba43a35ff33edd2adb3adf22b7652923f1f07bd98d670605798a"),
    (5, "9af7e7b14cf78aef14c9582598c0b4fa14a8e9c642eca198753851b45d63ef1a"),
  ])
  func `jpeg gives Pillow's pixels`(severity: Int, digest: String) throws {
    let corruption = Corruption(kind: .jpeg, severity: severity, digest: Digest(of: "a"), seed: 0)
    let pixels = try corruption.samples(of: Self.image(45, 61)).rounded
    #expect("\(Digest(of: Data(pixels)))" == digest)
  }

  @Test func `contrast by hand`() throws {
    // Red 0 and 1 around 1/2, green alike at 51/255 = 0.2, blue 0.2 and 0.6 around 0.4.
    let image = RGBImage(width: 2, height: 1, pixels: [0, 51, 51, 255, 51, 153])
    let values = try samples(.contrast, 1, image)
    for (value, expected) in zip(values, [0.3, 0.2, 0.32, 0.7, 0.2, 0.48]) {
      #expect(abs(value - expected) < 1e-7)
    }
  }

  @Test func `blur keeps what is even, and a point becomes the weights`() throws {
    let even = try samples(.blur, 5, Self.gray(100, side: 9))
    #expect(even.allSatisfy { abs($0 - 100.0 / 255) < 1e-6 })
    var pixels = [UInt8](repeating: 0, count: 21 * 21 * 3)
    pixels[3 * (21 * 10 + 10) + 1] = 255
    let point = try samples(.blur, 1, RGBImage(width: 21, height: 21, pixels: pixels))
    let weights = (-4...4).map { exp(-Double($0 * $0) / 2) }
    let sum = weights.reduce(0, +)
    for y in 0..<21 {
      for x in 0..<21 {
        func weight(_ place: Int) -> Double {
          (6...14).contains(place) ? weights[place - 6] / sum : 0
        }
        let index = 3 * (21 * y + x)
        #expect(abs(point[index + 1] - weight(x) * weight(y)) < 1e-7)
        #expect(point[index] == 0 && point[index + 2] == 0)
      }
    }
  }

  // MARK: Kinds of chance

  /// Within five standard errors of the law's own moments, on 120,000 samples.
  @Test(arguments: NoiseKind.severities)
  func `shot noise has the Poisson law's moments`(severity: Int) throws {
    let photons = [60.0, 25, 12, 5, 3][severity - 1]
    for byte in [20, 90] as [UInt8] {
      let counts = try samples(.shot, severity, Self.gray(byte)).map { $0 * photons }
      #expect(counts.allSatisfy { abs($0 - $0.rounded()) < 1e-4 })
      let mean = Double(byte) / 255 * photons
      // What is above full brightness is clipped: expectations are sums over the law.
      var (probability, first, second, fourth) = (exp(-mean), 0.0, 0.0, 0.0)
      for k in 0..<200 {
        let value = min(Double(k), photons)
        first += probability * value
        second += probability * value * value
        fourth += probability * value * value * value * value
        probability *= mean / Double(k + 1)
      }
      let n = Double(counts.count)
      let found = counts.reduce(0, +) / n
      let squares = counts.reduce(0) { $0 + $1 * $1 } / n
      #expect(abs(found - first) < 5 * ((second - first * first) / n).squareRoot())
      #expect(abs(squares - second) < 5 * ((fourth - second * second) / n).squareRoot())
    }
    #expect(try samples(.shot, severity, Self.gray(0)).allSatisfy { $0 == 0 })
  }

  @Test(arguments: NoiseKind.severities)
  func `speckle grows with the value`(severity: Int) throws {
    let deviation = [0.15, 0.2, 0.35, 0.45, 0.6][severity - 1]
    for byte in [20, 40] as [UInt8] {
      let value = Double(byte) / 255
      let epsilon = try samples(.speckle, severity, Self.gray(byte)).map { ($0 - value) / value }
      // The median is at 0 and a sixth lies above one deviation, whatever is clipped.
      let n = Double(epsilon.count)
      for (limit, share) in [(0, 0.5), (deviation, 0.158655), (-deviation, 0.841345)] {
        let found = Double(epsilon.count { $0 > limit }) / n
        #expect(abs(found - share) < 5 * (share * (1 - share) / n).squareRoot())
      }
    }
    #expect(try samples(.speckle, severity, Self.gray(0)).allSatisfy { $0 == 0 })
  }

  @Test(arguments: NoiseKind.severities)
  func `impulses hit their share, half with salt and half with pepper`(severity: Int) throws {
    let share = [0.03, 0.06, 0.09, 0.17, 0.27][severity - 1]
    let values = try samples(.impulse, severity, Self.gray(100))
    let n = Double(values.count)
    for extreme in [0.0, 1] {
      let found = Double(values.count { $0 == extreme }) / n
      #expect(abs(found - share / 2) < 5 * (share / 2 / n).squareRoot())
    }
    #expect(values.allSatisfy { $0 == 0 || $0 == 1 || $0 == 100.0 / 255 })
  }

  // MARK: Pairing

  @Test func `what a severity hits, all above hit alike`() throws {
    let image = Self.image(45, 61)
    let clean = image.pixels.map { Double($0) / 255 }
    let impulses = try NoiseKind.severities.map { try samples(.impulse, $0, image) }
    for (weak, strong) in zip(impulses, impulses.dropFirst()) {
      for index in clean.indices where weak[index] != clean[index] {
        #expect(strong[index] == weak[index])
      }
    }
    // Speckle is one ε at all severities, where nothing is clipped.
    let (one, two) = try (samples(.speckle, 1, image), samples(.speckle, 2, image))
    for index in clean.indices where two[index] > 0 && two[index] < 1 {
      #expect(abs((two[index] - clean[index]) * 0.75 - (one[index] - clean[index])) < 1e-6)
    }
    // A pixel that got more photons than it should gets more at every severity, all but equal ones.
    let shots = try NoiseKind.severities.map { try samples(.shot, $0, Self.gray(90)) }
    let surprise = shots[0].map { $0 - 90.0 / 255 }
    for shot in shots.dropFirst() {
      let covariance = zip(surprise, shot).reduce(0.0) { $0 + $1.0 * ($1.1 - 90.0 / 255) }
      let norms = [surprise, shot.map { $0 - 90.0 / 255 }].map { values in
        values.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      }
      #expect(covariance / (norms[0] * norms[1]) > 0.8)
    }
  }

  @Test func `random kinds follow the seed and the image, the others neither`() throws {
    let image = Self.image(20, 20)
    for kind in NoiseKind.allCases where kind.hasSeverities {
      let base = try samples(kind, 3, image)
      #expect(try samples(kind, 3, image) == base)
      for other in [
        try samples(kind, 3, image, seed: 1), try samples(kind, 3, image, name: "b"),
      ] {
        #expect((other != base) == kind.isRandom)
      }
      #expect(base.allSatisfy { (0...1).contains($0) })
    }
  }
}
