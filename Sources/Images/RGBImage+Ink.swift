extension RGBImage {
  /// The side of the smallest square around the centre that holds all that is not white; 0 for a white image.
  ///
  /// Drawings on one canvas that are cut to the largest of these keep their sizes beside one another.
  ///
  /// - Complexity: O(width · height).
  package var inkSide: Int {
    var farthest = 0
    for row in 0..<height {
      for column in 0..<width {
        let start = 3 * (row * width + column)
        guard pixels[start] < 255 || pixels[start + 1] < 255 || pixels[start + 2] < 255 else {
          continue
        }
        // Twice the distance of the pixel's far edge from the centre.
        farthest = max(
          farthest, abs(2 * column + 1 - width) + 1, abs(2 * row + 1 - height) + 1)
      }
    }
    return farthest
  }

  /// The square around the centre; what of it lies beyond the image is black.
  ///
  /// - Parameter side: Its side in pixels.
  /// - Returns: An image of `side` × `side`.
  package func centre(side: Int) -> RGBImage {
    resizedAndCropped(width: width, height: height, cropWidth: side, cropHeight: side)
  }
}

extension Sequence<RGBImage> {
  /// Drawings on canvases of one size, all cut to the square around the centre that holds every one of them and a
  /// margin.
  ///
  /// - Parameter margin: Pixels of white on each side, as far as the canvas has them.
  /// - Returns: Images of one size.
  package func cutToInk(margin: Int) -> [RGBImage] {
    let canvas = map { Swift.min($0.width, $0.height) }.min() ?? 0
    let side = Swift.min(canvas, (map(\.inkSide).max() ?? 0) + 2 * margin)
    return side < 1 ? Array(self) : map { $0.centre(side: side) }
  }
}
