import RealModule

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value of at most `z`: Φ(z) = erfc(−z / √2) / 2.
  ///
  /// Accurate to a few units in the last place, in the lower tail too.
  public static func cumulative(_ z: Double) -> Double { Double.erfc(-z / 2.0.squareRoot()) / 2 }

  /// The value that is exceeded with probability 1 − `probability`: the inverse of `cumulative`.
  ///
  /// Method: a rational approximation with an error of 4.5e-4 (Abramowitz and Stegun 1964, formula
  /// 26.2.23, after Hastings), then steps of Halley's iteration on Φ itself, each of which cubes the
  /// relative error; three leave only rounding, about 1e-15.
  ///
  /// - Parameter probability: From 0, which gives −∞, to 1, which gives ∞.
  /// - Returns: The quantile.
  public static func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability))
    if probability == 0 || probability == 1 { return probability == 0 ? -.infinity : .infinity }
    // 1 − p is exact for p ≥ ½, and the lower tail is where erfc keeps its digits.
    if probability > 0.5 { return -quantile(1 - probability) }
    let t = (-2 * Double.log(probability)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = numerator / denominator - t
    for _ in 0..<3 {
      // Newton's step (Φ(z) − p) / φ(z), with Halley's correction for φ'(z) = −z φ(z).
      let density = Double.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (cumulative(z) - probability) / density
      z -= step / (1 + z * step / 2)
    }
    return z
  }
}
