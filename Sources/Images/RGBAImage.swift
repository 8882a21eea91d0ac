/// An image of 8-bit red, green, blue and opacity; colours are not multiplied by it.
public struct RGBAImage: Sendable, Equatable {
  /// The number of columns, at least 1.
  public let width: Int
  /// The number of rows, at least 1.
  public let height: Int
  /// The samples, [height, width, 4], row after row from the top.
  public let pixels: [UInt8]

  /// Wraps samples that are already in the order [height, width, 4].
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 4)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The image in front of an opaque one, each sample as Pillow's `paste` with a mask rounds it.
  ///
  /// - Parameters:
  ///   - background: What is behind.
  ///   - x: The column of the left edge on it; what is beyond its edges is cut.
  ///   - y: The row of the upper edge on it.
  /// - Returns: An image of the background's size.
  /// - Complexity: O(pixels of both).
  public func pasted(onto background: RGBImage, x: Int, y: Int) -> RGBImage {
    var samples = background.pixels
    let columns = max(0, -x)..<max(max(0, -x), min(width, background.width - x))
    for row in max(0, -y)..<max(max(0, -y), min(height, background.height - y)) {
      for column in columns {
        let source = 4 * (row * width + column)
        let alpha = pixels[source + 3]
        if alpha == 0 { continue }
        let target = 3 * ((y + row) * background.width + x + column)
        for channel in 0..<3 {
          samples[target + channel] = Self.blended(
            pixels[source + channel], over: samples[target + channel], by: alpha)
        }
      }
    }
    return RGBImage(width: background.width, height: background.height, pixels: samples)
  }

  /// `above · share + below · (1 − share)` of 255, rounded as Pillow's `BLEND`.
  @inlinable
  public static func blended(_ above: UInt8, over below: UInt8, by share: UInt8) -> UInt8 {
    let sum = UInt32(below) * (255 - UInt32(share)) + UInt32(above) * UInt32(share) + 128
    return UInt8(truncatingIfNeeded: (sum + (sum >> 8)) >> 8)
  }
}
