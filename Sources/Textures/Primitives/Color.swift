/// Red, green and blue as shown, each from 0 to 1.
typealias Color = SIMD3<Float>

extension SIMD3<Float> {
  /// The colour of a lightness (0…1), a chroma (0…0.3) and a hue in turns, in the OKLab space.
  ///
  /// Method: Ottosson 2020 (bottosson.github.io/posts/oklab), then gamma 2, which is near sRGB's curve
  /// and needs no power function. What the screen cannot show is clipped.
  init(lightness: Float, chroma: Float, hue: Float) {
    let (a, b) = (chroma * cosine(hue), chroma * sine(hue))
    let long = lightness + 0.3963377774 * a + 0.2158037573 * b
    let medium = lightness - 0.1055613458 * a - 0.0638541728 * b
    let short = lightness - 0.0894841775 * a - 1.2914855480 * b
    let (l, m, s) = (long * long * long, medium * medium * medium, short * short * short)
    self.init(
      saturated(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s).squareRoot(),
      saturated(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s).squareRoot(),
      saturated(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s).squareRoot())
  }

  /// This colour at t = 0, the other at t = 1.
  @inline(__always)
  func mixed(with other: Color, _ t: Float) -> Color { self + (other - self) * t }

  /// Brightness with the weights of Recommendation 601.
  var luma: Float { 0.299 * x + 0.587 * y + 0.114 * z }
}
