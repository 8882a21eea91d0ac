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
    var sheet = RGBImage(
      width: columns * step + gap, height: classes.count * step + gap, gray: 255)
    let requests = classes.flatMap { texture in
      (0..<columns).map { TextureStream.Request(texture, index: $0) }
    }
    for (place, sample) in stream.samples(requests, size: size).enumerated() {
      sheet.draw(
        sample.image, x: gap + place % columns * step, y: gap + place / columns * step)
    }
    return sheet
  }
}
