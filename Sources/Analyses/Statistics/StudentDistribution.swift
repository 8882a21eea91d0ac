import RealModule

/// Student's distribution of t (Student 1908, doi:10.2307/2331554), of a whole number of degrees of freedom or not.
public enum StudentDistribution {
  /// The probability of a value of at most `t`: by I_x(ν / 2, ½) with x = ν / (ν + t²).
  ///
  /// - Parameters:
  ///   - t: Not NaN.
  ///   - degreesOfFreedom: ν, above 0; infinite for the standard normal distribution.
  /// - Returns: From 0 to 1.
  public static func cumulative(_ t: Double, degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom > 0 && !t.isNaN)
    if degreesOfFreedom.isInfinite { return NormalDistribution.cumulative(t) }
    if t.isInfinite { return t < 0 ? 0 : 1 }
    let tail =
      BetaDistribution.cumulative(
        degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2
    return t > 0 ? 1 - tail : tail
  }

  /// The value that is not exceeded with a probability: the inverse of `cumulative`.
  ///
  /// - Parameters:
  ///   - probability: From 0, which gives −∞, to 1, which gives ∞.
  ///   - degreesOfFreedom: ν, above 0; infinite for the standard normal distribution.
  /// - Returns: The quantile.
  public static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    precondition((0...1).contains(probability) && degreesOfFreedom > 0)
    if degreesOfFreedom.isInfinite { return NormalDistribution.quantile(probability) }
    if probability == 0 || probability == 1 { return probability == 0 ? -.infinity : .infinity }
    // 1 − p is exact for p ≥ ½, and the lower tail is where digits are kept.
    if probability > 0.5 {
      return -quantile(1 - probability, degreesOfFreedom: degreesOfFreedom)
    }
    // t² / ν = y / (1 − y) of y with the beta distribution of ½ and ν / 2, 1 − y that of ν / 2 and ½: where one
    // of the two is near 1 the other keeps its digits.
    let far = BetaDistribution.quantile(2 * probability, degreesOfFreedom / 2, 0.5)
    let ratio: Double
    if far < 0.5 {
      ratio = (1 - far) / far
    } else {
      let near = BetaDistribution.quantile(1 - 2 * probability, 0.5, degreesOfFreedom / 2)
      ratio = near / (1 - near)
    }
    return -(degreesOfFreedom * ratio).squareRoot()
  }
}
