import Images

/// The basic colours that English has a word for.
public enum ColorName: String, Sendable, CaseIterable {
  case black, gray, white, red, orange, brown, yellow, green, teal, blue, purple, pink

  /// The word for a colour of bytes.
  ///
  /// By hue, with black, grey and white where there is little of it; dark orange is brown, light red pink.
  init(red: UInt8, green: UInt8, blue: UInt8) {
    let (r, g, b) = (Int(red), Int(green), Int(blue))
    let (high, low) = (max(r, g, b), min(r, g, b))
    let spread = high - low
    if high < 52 {
      self = .black
    } else if spread * 100 < high * 16 || spread < 18 {
      self = high < 70 ? .black : low > 196 ? .white : .gray
    } else {
      // The hue in degrees.
      let hue =
        high == r
        ? 60 * (g - b) / spread
        : high == g ? 120 + 60 * (b - r) / spread : 240 + 60 * (r - g) / spread
      let isPale = spread * 100 < high * 55
      switch (hue + 360) % 360 {
      case 345..., ..<14: self = isPale && high > 170 ? .pink : high < 110 ? .brown : .red
      case ..<44: self = high < 190 || isPale && high < 215 ? .brown : .orange
      case ..<68: self = high < 135 ? .brown : .yellow
      case ..<160: self = .green
      case ..<192: self = .teal
      case ..<255: self = .blue
      case ..<300: self = .purple
      default: self = high > 150 ? .pink : .purple
      }
    }
  }

  /// The words for what covers most of an image: the commonest, and a second that covers a quarter.
  static func dominant(in image: RGBImage) -> [ColorName] {
    var counts = Array(repeating: 0, count: allCases.count)
    let step = max(1, image.width / 48)  // a grid of places, the same at every size
    for row in stride(from: step / 2, to: image.height, by: step) {
      for column in stride(from: step / 2, to: image.width, by: step) {
        let start = 3 * (row * image.width + column)
        let name = ColorName(
          red: image.pixels[start], green: image.pixels[start + 1], blue: image.pixels[start + 2])
        counts[allCases.firstIndex(of: name) ?? 0] += 1
      }
    }
    let total = counts.reduce(0, +)
    let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    let second = counts[order[1]] * 4 >= total ? [allCases[order[1]]] : []
    return [allCases[order[0]]] + second
  }
}
