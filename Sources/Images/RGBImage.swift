/// An image of 8-bit red, green and blue.
public struct RGBImage: Sendable, Equatable {
  /// The number of columns, at least 1.
  public let width: Int
  /// The number of rows, at least 1.
  public let height: Int
  /// The samples, [height, width, 3], row after row from the top.
  public let pixels: [UInt8]

  /// The most pixels an image file may have: the limit at which Pillow refuses a file as a bomb.
  public static let maximumPixelCount = 178_956_970

  /// Wraps samples that are already in the order [height, width, 3].
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
