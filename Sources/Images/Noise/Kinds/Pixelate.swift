extension NoiseKind {
  /// Coarser pixels: a share of the width and of the height is kept, by Pillow's box filter both ways.
  ///
  /// The kept sides are rounded down, to a pixel at the least, where Pillow refuses to resize to none.
  ///
  /// - Complexity: O(width · height).
  public static let pixelate = NoiseKind(
    name: "pixelate", title: "pixelation", isRandom: false, method: "pillow-box-1",
    source: imageNetC, constants: [0.6, 0.5, 0.4, 0.3, 0.25]
  ) { image, share, _ in
    func kept(_ side: Int) -> Int { max(1, Int(Double(side) * share)) }
    let coarse = image.resized(
      width: kept(image.width), height: kept(image.height), filter: .box)
    return .bytes(coarse.resized(width: image.width, height: image.height, filter: .box).pixels)
  }
}
