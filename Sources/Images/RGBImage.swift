import Synchronization

/// An image of 8-bit red, green and blue.
public struct RGBImage: Sendable, Equatable {
  /// The number of columns, at least 1.
  public let width: Int
  /// The number of rows, at least 1.
  public let height: Int
  /// The samples, [height, width, 3], row after row from the top.
  public private(set) var pixels: [UInt8]

  /// The most pixels that an image file may have unless the limit is set: twice Pillow's
  /// `MAX_IMAGE_PIXELS`, where Pillow refuses a file as a decompression bomb.
  public static let standardPixelLimit = 178_956_970

  /// The most columns that an image file may have, as libpng has it by itself: the codecs keep several rows.
  public static let maximumWidth = 1_000_000

  private static let configuredPixelLimit = Atomic<Int>(standardPixelLimit)

  /// The most pixels that an image file may have (`--max-pixels`); more are refused before they are
  /// decoded.
  public static var pixelLimit: Int {
    get { configuredPixelLimit.load(ordering: .relaxed) }
    set {
      precondition(newValue > 0)
      configuredPixelLimit.store(newValue, ordering: .relaxed)
    }
  }

  /// Wraps samples that are already in the order [height, width, 3].
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// An image of one grey, for others to be drawn on.
  ///
  /// - Parameters:
  ///   - width: The number of columns, at least 1.
  ///   - height: The number of rows, at least 1.
  ///   - gray: The value of all samples: 0 is black, 255 white.
  public init(width: Int, height: Int, gray: UInt8) {
    self.init(
      width: width, height: height, pixels: [UInt8](repeating: gray, count: 3 * width * height))
  }

  /// Lays another image over this one; a copy of each of its rows.
  ///
  /// - Parameters:
  ///   - image: What is drawn; all of it lies inside this image.
  ///   - x: The column of its left edge, from 0.
  ///   - y: The row of its upper edge, from 0 at the top.
  public mutating func draw(_ image: RGBImage, x: Int, y: Int) {
    precondition(x >= 0 && y >= 0 && x + image.width <= width && y + image.height <= height)
    let length = 3 * image.width
    for row in 0..<image.height {
      let start = 3 * ((y + row) * width + x)
      pixels.replaceSubrange(
        start..<start + length, with: image.pixels[length * row..<length * (row + 1)])
    }
  }
}
