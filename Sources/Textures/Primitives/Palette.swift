/// A region of the OKLab space that colours are drawn from.
struct Palette {
  /// The range of lightness, 0…1.
  var lightness: ClosedRange<Float>
  /// The range of chroma, 0…0.3.
  var chroma: ClosedRange<Float>
  /// The range of hue in turns; it may end above 1.
  var hue: ClosedRange<Float>

  /// Any colour.
  static let any = Palette(lightness: 0.3...0.92, chroma: 0.02...0.19, hue: 0...1)
  /// Saturated colours.
  static let vivid = Palette(lightness: 0.5...0.82, chroma: 0.13...0.24, hue: 0...1)
  /// Nearly white.
  static let pale = Palette(lightness: 0.86...0.98, chroma: 0...0.04, hue: 0...1)
  /// Nearly black.
  static let dark = Palette(lightness: 0.14...0.32, chroma: 0...0.06, hue: 0...1)
  /// Greys.
  static let stone = Palette(lightness: 0.45...0.85, chroma: 0...0.025, hue: 0...1)
  /// Clay, sand, soil.
  static let earth = Palette(lightness: 0.42...0.78, chroma: 0.03...0.1, hue: 0.1...0.24)
  /// Timber.
  static let wood = Palette(lightness: 0.4...0.72, chroma: 0.06...0.12, hue: 0.13...0.2)
  /// Skin.
  static let skin = Palette(lightness: 0.68...0.87, chroma: 0.045...0.085, hue: 0.11...0.18)
  /// Steel, brass, copper.
  static let metal = Palette(lightness: 0.5...0.84, chroma: 0...0.05, hue: 0.1...0.75)
  /// Foliage.
  static let leaf = Palette(lightness: 0.42...0.72, chroma: 0.1...0.18, hue: 0.3...0.42)
  /// Baked dough.
  static let crust = Palette(lightness: 0.62...0.82, chroma: 0.09...0.14, hue: 0.15...0.23)
}

extension TextureRandom {
  /// A colour of the palette.
  mutating func color(_ palette: Palette) -> Color {
    Color(
      lightness: number(palette.lightness), chroma: number(palette.chroma),
      hue: number(palette.hue))
  }

  /// A colour of one of several palettes.
  mutating func color(_ palettes: Palette...) -> Color { color(choice(palettes)) }

  /// Two colours whose lightness differs by at least `contrast`, in random order.
  mutating func pair(contrast: Float = 0.35) -> (Color, Color) {
    let dark = number(0.18...0.92 - contrast)
    let light = number(dark + contrast...0.98)
    let hue = angle()
    // One hue, neighbours, or opposites.
    let other = hue + choice([0, number(-0.12...0.12), 0.5 + number(-0.1...0.1), angle()])
    let a = Color(lightness: dark, chroma: chroma(), hue: hue)
    let b = Color(lightness: light, chroma: chroma() * 0.8, hue: other)
    return chance(0.5) ? (a, b) : (b, a)
  }

  private mutating func chroma() -> Float { chance(0.25) ? number(0...0.02) : number(0.05...0.19) }

  /// Several colours that differ: lightness alternates, hues keep to an arc or go round the circle.
  mutating func series(count: Int) -> [Color] {
    let arc = choice([number(0.03...0.2), number(0.3...1)])
    let (start, strength) = (angle(), chance(0.15) ? number(0...0.03) : number(0.05...0.18))
    let order = (0..<count).map { ($0, angle()) }.sorted { $0.1 < $1.1 }.map(\.0)
    return (0..<count).map { index in
      Color(
        lightness: mix(0.3, 0.93, (Float(order[index]) + number(0.1...0.9)) / Float(count)),
        chroma: strength * number(0.5...1.1),
        hue: start + arc * Float(index) / Float(count))
    }
  }
}
