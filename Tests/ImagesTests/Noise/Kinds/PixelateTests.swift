import Files
import Foundation
import Testing

@testable import Images

struct PixelateTests {
  /// The digests are Pillow's.
  ///
  /// From this script with Pillow 13.0, the formula and constants of `make_imagenet_c.py` in
  /// github.com/hendrycks/robustness and `image` of `RGBImage.patterned`:
  ///
  ///     def pixelate(x, s):
  ///         h, w, c = *x.shape[:2], [.6, .5, .4, .3, .25][s - 1]
  ///         small = Image.fromarray(x).resize((int(w * c), int(h * c)), Image.BOX)
  ///         return np.asarray(small.resize((w, h), Image.BOX))
  ///     for s in range(1, 6):
  ///         print([hashlib.sha256(pixelate(image(*size), s).tobytes()).hexdigest()
  ///                for size in ((45, 61), (224, 224))])
  @Test(arguments: [
    (
      1, "be5bbc51eede4b145034be5b820076a70c759d9f3d7ff4b6b137449ebe591c16",
      "060bf710f54bb01f82f740c06c90df1d8ceed8355e5fd738f0ea80a614ffe8ad"
    ),
    (
      2, "a67b6ed534a9102a3cd005212974fa0dd81a0b28e8611936d7469e3e205a8dd6",
      "01c40433342c6f0fb50d61a94978affa1f8009f3bb742e00062a2da90b6b49af"
    ),
    (
      3, "5e8fcbcccf8b3665eb53f837042205f9128ca9550b32ea7757379119fee19de7",
      "564fc0208afe41817c35dd0079caba60b837cf70befee375740705b486f07a20"
    ),
    (
      4, "2ba9c0929c9af9f8f802a5f69afed995d59a9fbae585a2e712ee4d2a685a4133",
      "73d9cf0ee63b559dfc4a90a5873d35188285717a4146f01b4bca86bb22469a39"
    ),
    (
      5, "e84c3dd4b0f201b60e7e043757346c5a744b2bee3409b153fac7c61c9e96e094",
      "5509b4b79f2348e910059ab05f9ead1a4254b06998d21e744345f09b3ed8c909"
    ),
  ])
  func `pixelate gives Pillow's pixels`(severity: Int, oblong: String, square: String) throws {
    for (image, digest) in [(RGBImage.patterned(45, 61), oblong), (.patterned(224, 224), square)] {
      let pixels = try NoiseKind.pixelate.corrupted(image, severity: severity).rounded
      #expect("\(Digest(of: Data(pixels)))" == digest)
    }
  }

  private func row(_ values: [UInt8]) -> [UInt8] { values.flatMap { [$0, $0, $0] } }

  @Test func `five pixels by hand`() throws {
    let image = RGBImage(width: 5, height: 1, pixels: row([0, 10, 25, 200, 255]))
    let expected: [[UInt8]] = [
      // Three pixels of 5/3 with the middles 1/2; 3/2 and 5/2; 7/2 and 9/2, of which the mean's half is
      // rounded up; seen at 0.3, 0.9, 1.5, 2.1 and 2.7.
      [5, 5, 25, 228, 228],
      // Two of 5/2: three middles, the one on the upper edge too, and two; seen at 0.2, 0.6, 1, 1.4 and
      // 1.8, of which 1 takes the second, the distance from it being the box's upper edge.
      [12, 12, 228, 228, 228],
      [12, 12, 228, 228, 228],
      // One: 490 / 5.
      [98, 98, 98, 98, 98],
      [98, 98, 98, 98, 98],
    ]
    for (severity, expected) in zip(NoiseKind.severities, expected) {
      let pixels = try NoiseKind.pixelate.corrupted(image, severity: severity).rounded
      #expect(pixels == row(expected), "\(severity)")
    }
  }

  @Test(arguments: NoiseKind.severities)
  func `an image too small for a share of it becomes one pixel, and that stays`(
    severity: Int
  ) throws {
    let pixel = RGBImage(width: 1, height: 1, pixels: [7, 80, 255])
    #expect(try NoiseKind.pixelate.corrupted(pixel, severity: severity).rounded == pixel.pixels)
    // int(2 · 0.6) = 1, and int(2 · 0.25) = 0 is one too: (0 + 100) / 2.
    let pair = RGBImage(width: 1, height: 2, pixels: row([0, 100]))
    #expect(try NoiseKind.pixelate.corrupted(pair, severity: severity).rounded == row([50, 50]))
  }

  @Test(arguments: NoiseKind.severities)
  func `an even image stays as it is`(severity: Int) throws {
    let even = try NoiseKind.pixelate.corrupted(.gray(100, side: 31), severity: severity).rounded
    #expect(even.allSatisfy { $0 == 100 })
  }

  @Test func `it is called pixelation in words`() {
    let words = NoiseWords(of: "pixelate")
    #expect(words.title == "pixelation" && words.phrase == "pixelation")
    #expect(words.axisLabel == "Severity of pixelation")
    #expect(words.phrase(level: "3") == "pixelation of severity 3")
  }
}
