import Files
import Foundation
import Testing

@testable import Images

struct ResamplingTests {
  private func grey(_ rows: [[UInt8]]) -> RGBImage {
    RGBImage(
      width: rows[0].count, height: rows.count,
      pixels: rows.flatMap { $0 }.flatMap { [$0, $0, $0] })
  }

  private func noise(width: Int, height: Int) -> RGBImage {
    RGBImage(
      width: width, height: height,
      pixels: (0..<width * height * 3).map { UInt8(truncatingIfNeeded: ($0 * 2_654_435_761) >> 9) })
  }

  @Test func `four pixels become two by weights worked out by hand`() {
    // Centre 1, scale 2: weights k(¼), k(¼), k(¾), k(5/4) = 111, 111, 29, −9 over 128, sum 242;
    // (111·0 + 111·100 + 29·255 − 9·50) / 242 = 74.6; mirrored: 36685 / 242 = 151.6.
    #expect(grey([[0, 100, 255, 50]]).resized(width: 2, height: 1) == grey([[75, 152]]))
    #expect(
      grey([[0], [100], [255], [50]]).resized(width: 1, height: 2) == grey([[75], [152]]))
  }

  @Test func `enlarging overshoots and is clipped, as in Pillow`() {
    let image = grey([[0, 100, 255, 50]])
    // From Pillow 13.0: Image.resize((8, 1), BICUBIC).
    #expect(
      image.resized(width: 8, height: 1) == grey([[0, 16, 67, 143, 240, 220, 92, 32]]))
    let upright = grey([[10, 200], [90, 0], [255, 30]])
    #expect(upright.resized(width: 3, height: 2) == grey([[25, 80, 135], [212, 106, 0]]))
  }

  @Test func `rows come first where the height shrinks much more, as in Pillow 13`() {
    let image = grey([
      [0, 0, 0], [255, 255, 255], [255, 255, 0], [0, 255, 255], [0, 255, 255], [0, 255, 0],
    ])
    // 3 rows and 1 column fewer: 3 > 2 · 1; columns first would make the 94 an 85.
    #expect(image.resized(width: 2, height: 3) == grey([[146, 116], [181, 201], [94, 194]]))
    // 2 rows and 1 column fewer: the columns come first.
    #expect(
      image.resized(width: 2, height: 4) == grey([[89, 95], [255, 162], [96, 246], [94, 154]]))
  }

  @Test func `the same size is the same image, and a flat image stays flat`() {
    let image = noise(width: 19, height: 23)
    #expect(image.resized(width: 19, height: 23) == image)
    let flat = RGBImage(width: 50, height: 40, pixels: Array(repeating: 173, count: 6000))
    #expect(flat.resized(width: 7, height: 90).pixels.allSatisfy { $0 == 173 })
  }

  @Test func `transposing an image transposes a one-way resize`() {
    let image = noise(width: 130, height: 1)
    let upright = RGBImage(width: 1, height: 130, pixels: image.pixels)
    #expect(
      image.resized(width: 41, height: 1).pixels == upright.resized(width: 1, height: 41).pixels)
  }

  /// The digests are Pillow's.
  ///
  /// From this script with Pillow 13.0, `image` being that of `RGBImage.patterned`:
  ///
  ///     for filter in (Image.BICUBIC, Image.BOX):
  ///         digest = hashlib.sha256()
  ///         for k in range(1, 101):
  ///             old = Image.fromarray(image(1 + 104729 * k % 89, 1 + 7919 * k % 97))
  ///             new = old.resize((1 + 1299709 * k % 101, 1 + 15485863 * k % 83), filter)
  ///             digest.update(new.tobytes())
  ///         print(digest.hexdigest())
  @Test(arguments: [
    (ResamplingFilter.bicubic, "ae4695536fe0390638d868d4ddc545b45224a08a50f2e6ef58566fc11df0507e"),
    (.box, "806b469b78738073060290a27695eb9de5506fd202b2cf7a0134fadec2298cf1"),
  ])
  func `a hundred sizes to a hundred others, as in Pillow`(
    filter: ResamplingFilter, digest: String
  ) {
    var pixels: [UInt8] = []
    for k in 1...100 {
      let image = RGBImage.patterned(1 + 104_729 * k % 89, 1 + 7919 * k % 97)
      let (width, height) = (1 + 1_299_709 * k % 101, 1 + 15_485_863 * k % 83)
      pixels += image.resized(width: width, height: height, filter: filter).pixels
    }
    #expect("\(Digest(of: Data(pixels)))" == digest)
  }

  @Test(arguments: [
    (40, 30, 11, 9), (40, 30, 40, 9), (40, 30, 11, 30), (61, 47, 61, 47), (61, 47, 21, 46),
    (90, 70, 89, 69), (20, 200, 7, 7), (61, 80, 61, 33), (50, 47, 13, 47),
  ])
  func `a crop while resizing equals a crop afterwards`(
    width: Int, height: Int, cropWidth: Int, cropHeight: Int
  ) {
    let image = noise(width: 61, height: 47)
    let whole = image.resized(width: width, height: height)
    let top = (height - cropHeight) / 2
    let left = (width - cropWidth) / 2
    var expected: [UInt8] = []
    for y in top..<top + cropHeight {
      let start = (y * width + left) * 3
      expected += whole.pixels[start..<start + cropWidth * 3]
    }
    let cropped = image.resizedAndCropped(
      width: width, height: height, cropWidth: cropWidth, cropHeight: cropHeight)
    #expect(cropped.pixels == expected)
  }

  @Test func `an image smaller than the crop is framed with zeros, thicker above and left`() {
    let framed = grey([[7, 8]]).resizedAndCropped(width: 2, height: 1, cropWidth: 5, cropHeight: 2)
    #expect(framed == grey([[0, 0, 0, 0, 0], [0, 0, 7, 8, 0]]))
  }

  @Test func `one side is framed and the other cropped`() {
    let framed = grey([[1, 2, 3, 4]]).resizedAndCropped(
      width: 4, height: 1, cropWidth: 1, cropHeight: 3)
    #expect(framed == grey([[0], [2], [0]]))
  }

  @Test func `a very long image costs no more than its crop`() {
    let long = RGBImage(width: 1, height: 60_000, pixels: Array(repeating: 9, count: 180_000))
    let cropped = long.resizedAndCropped(
      width: 224, height: 13_440_000, cropWidth: 224, cropHeight: 224)
    #expect(cropped.pixels.allSatisfy { $0 == 9 })
  }

  @Test func `the longer side has the length asked for, the other keeps the proportion`() {
    func size(_ width: Int, _ height: Int, _ side: Int, grows: Bool = true) -> [Int] {
      let image = noise(width: width, height: height).resized(longerSide: side, grows: grows)
      return [image.width, image.height]
    }
    #expect(size(96, 20, 48) == [48, 10] && size(20, 96, 48) == [10, 48])
    #expect(size(10, 5, 5) == [5, 3])  // 2.5 is rounded up
    #expect(size(500, 1, 48) == [48, 1])
    #expect(size(4, 2, 10) == [10, 5] && size(4, 2, 10, grows: false) == [4, 2])
    let image = noise(width: 9, height: 7)
    #expect(image.resized(longerSide: 9, grows: true) == image)
    #expect(image.resized(longerSide: 5, grows: false) == image.resized(width: 5, height: 4))
  }
}
