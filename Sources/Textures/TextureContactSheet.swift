public import Images

/// Many classes on one page, to be looked at.
public enum TextureContactSheet {
  private static let gap = 4

  /// A row a class with its first images side by side on white.
  ///
  /// - Parameters:
  ///   - classes: The rows, at least one.
  ///   - columns: Images a row, at least 1.
  ///   - size: An image's side in pixels.
  ///   - stream: Where the images come from.
  /// - Returns: The page.
  /// - Complexity: O(classes · columns · size²), divided among the workers.
  public static func image(
    of classes: [Texture], columns: Int, size: Int, from stream: TextureStream
  ) -> RGBImage {
    precondition(!classes.isEmpty && columns > 0)
    let step = size + gap
    let (width, height) = (columns * step + gap, classes.count * step + gap)
    var pixels = [UInt8](repeating: 255, count: 3 * width * height)
    let requests = classes.flatMap { texture in
      (0..<columns).map { TextureStream.Request(texture, index: $0) }
    }
    for (place, sample) in stream.samples(requests, size: size).enumerated() {
      let (top, left) = (gap + place / columns * step, gap + place % columns * step)
      for row in 0..<size {
        let start = 3 * ((top + row) * width + left)
        pixels.replaceSubrange(
          start..<start + 3 * size,
          with: sample.image.pixels[3 * size * row..<3 * size * (row + 1)])
      }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }
}
