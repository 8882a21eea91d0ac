import Images
import LinearAlgebra
import Testing

struct AugmentationTests {
  private let image = RGBImage(
    width: 3, height: 2,
    pixels: [10, 20, 30, 40, 50, 60, 70, 80, 90, 1, 2, 3, 4, 5, 6, 7, 8, 9])

  private func random(_ number: UInt64 = 0) -> RandomStream {
    RandomStream(domain: "test/augmentation", seed: number)
  }

  @Test func `the default changes nothing`() {
    var stream = random()
    #expect(Augmentation().isIdentity)
    #expect(Augmentation()(image, using: &stream) == image)
  }

  @Test func `a crop is a rectangle of the image`() {
    let cropped = image.cropped(x: 1, y: 0, width: 2, height: 2)
    #expect(cropped.width == 2 && cropped.height == 2)
    #expect(cropped.pixels == [40, 50, 60, 70, 80, 90, 4, 5, 6, 7, 8, 9])
  }

  @Test func `a mirror exchanges left and right and not the channels`() {
    #expect(
      image.mirrored().pixels == [70, 80, 90, 40, 50, 60, 10, 20, 30, 7, 8, 9, 4, 5, 6, 1, 2, 3])
    #expect(image.mirrored().mirrored() == image)
  }

  @Test func `half the images are mirrored`() {
    let flip = Augmentation(flips: true)
    let mirrored = (0..<1000).count { number in
      var stream = random(UInt64(number))
      return flip(image, using: &stream) != image
    }
    #expect(abs(mirrored - 500) < 80)  // five standard deviations
  }

  @Test func `crops are squares between the least area and all of it, and reach every place`() {
    let wide = RGBImage(
      width: 40, height: 20,
      pixels: (0..<800).flatMap { (i: Int) -> [UInt8] in [UInt8(i % 40), UInt8(i / 40), 0] })
    var sides = Set<Int>()
    var (left, right) = (40, 0)
    for number in 0..<500 {
      var stream = random(UInt64(number))
      let crop = Augmentation(leastArea: 0.25)(wide, using: &stream)
      #expect(crop.width == crop.height)
      sides.insert(crop.width)
      left = min(left, Int(crop.pixels[0]))
      right = max(right, Int(crop.pixels[3 * (crop.width - 1)]))
    }
    #expect(sides.min() == 10 && sides.max() == 20)
    #expect(left == 0 && right == 39)
  }

  @Test func `colours stay within the bounds, and a grey image stays grey`() {
    let grey = RGBImage(width: 2, height: 1, pixels: [100, 100, 100, 120, 120, 120])
    for number in 0..<100 {
      var stream = random(UInt64(number))
      let changed = Augmentation(color: 0.2)(grey, using: &stream).pixels
      #expect(changed[0] == changed[1] && changed[1] == changed[2])
      // Mean 110 · 0.8 … 1.2, and at most 10 · 1.2 · 1.2 away from it.
      #expect(changed.allSatisfy { (88 - 15...132 + 15).contains(Int($0)) })
      #expect(changed[3] >= changed[0])
    }
  }

  @Test func `the same stream makes the same change`() {
    let all = Augmentation(leastArea: 0.5, flips: true, color: 0.4)
    var (first, second, other) = (random(1), random(1), random(2))
    let changed = all(image, using: &first)
    #expect(changed == all(image, using: &second))
    #expect(changed != all(image, using: &other))
  }
}
