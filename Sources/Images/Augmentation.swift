public import LinearAlgebra

/// Random changes of training images that leave what they show: crop, mirror, colour.
public struct Augmentation: Sendable, Equatable {
  /// The least share of the largest square that a crop keeps, above 0; 1 for no crop.
  public var leastArea: Double
  /// Whether every other image, on average, is mirrored left to right.
  public var flips: Bool
  /// How far brightness, contrast and saturation change: each is multiplied by 1 − color to 1 + color.
  public var color: Double

  /// Changes of that strength; by default none.
  public init(leastArea: Double = 1, flips: Bool = false, color: Double = 0) {
    precondition(leastArea > 0 && leastArea <= 1 && (0..<1).contains(color))
    self.leastArea = leastArea
    self.flips = flips
    self.color = color
  }

  /// Whether it leaves every image as it is.
  public var isIdentity: Bool { leastArea == 1 && !flips && color == 0 }

  /// Changes an image.
  ///
  /// The crop is a square whose area is a uniform share of the largest square's, at a uniform place. Of the
  /// colours, brightness multiplies all samples, contrast moves them away from the mean grey, saturation
  /// from the pixel's own grey (luma of ITU-R BT.601); the result alone is cut to the range of bytes.
  ///
  /// - Parameters:
  ///   - image: Any image.
  ///   - random: The image's own stream.
  /// - Returns: The changed image, a square where it is cropped.
  /// - Complexity: O(width · height), of the crop where there is one.
  public func callAsFunction(_ image: RGBImage, using random: inout RandomStream) -> RGBImage {
    var image = image
    if leastArea < 1 {
      let largest = min(image.width, image.height)
      let area = leastArea + (1 - leastArea) * random.uniform()
      let side = min(largest, max(1, Int((Double(largest) * area.squareRoot()).rounded())))
      func start(_ length: Int) -> Int { Int(random.uniform() * Double(length - side + 1)) }
      let (x, y) = (start(image.width), start(image.height))
      image = image.cropped(x: x, y: y, width: side, height: side)
    }
    if flips, random.uniform() < 0.5 { image = image.mirrored() }
    if color > 0 {
      func factor() -> Float { Float(1 + color * (2 * random.uniform() - 1)) }
      let (brightness, contrast, saturation) = (factor(), factor(), factor())
      image = image.jittered(
        brightness: brightness, contrast: contrast, saturation: saturation)
    }
    return image
  }
}

extension RGBImage {
  /// A rectangle of the image, which lies inside it.
  ///
  /// - Complexity: O(width · height), of the rectangle.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> RGBImage {
    precondition(x >= 0 && y >= 0 && x + width <= self.width && y + height <= self.height)
    var rows: [UInt8] = []
    rows.reserveCapacity(width * height * 3)
    for row in y..<y + height {
      let start = 3 * (row * self.width + x)
      rows += pixels[start..<start + 3 * width]
    }
    return RGBImage(width: width, height: height, pixels: rows)
  }

  /// The image with left and right exchanged.
  ///
  /// - Complexity: O(width · height).
  public func mirrored() -> RGBImage {
    var result = pixels
    for row in 0..<height {
      for column in 0..<width {
        let (target, source) = (3 * (row * width + column), 3 * (row * width + width - 1 - column))
        for channel in 0..<3 { result[target + channel] = pixels[source + channel] }
      }
    }
    return RGBImage(width: width, height: height, pixels: result)
  }

  fileprivate func jittered(brightness: Float, contrast: Float, saturation: Float) -> RGBImage {
    func luma(_ pixel: Int) -> Float {
      var value: Float = 0.299 * Float(pixels[pixel])
      value += 0.587 * Float(pixels[pixel + 1])
      value += 0.114 * Float(pixels[pixel + 2])
      return value
    }
    let places = stride(from: 0, to: pixels.count, by: 3)
    var sum = 0.0
    for pixel in places { sum += Double(luma(pixel)) }
    let mean = brightness * Float(sum / Double(width * height))
    var result = pixels
    for pixel in places {
      // Contrast is affine, and greys go with the samples.
      let grey = mean + contrast * (brightness * luma(pixel) - mean)
      for channel in pixel..<pixel + 3 {
        let sample = mean + contrast * (brightness * Float(pixels[channel]) - mean)
        result[channel] = UInt8(saturating: grey + saturation * (sample - grey))
      }
    }
    return RGBImage(width: width, height: height, pixels: result)
  }
}
