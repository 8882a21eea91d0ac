import RealModule

/// The beta distribution, which exact intervals of shares and the distribution of Student's t are made of.
public enum BetaDistribution {
  /// The probability of a value of at most `x`: the regularised incomplete beta function I_x(a, b).
  ///
  /// Method: the continued fraction of DLMF 8.17.22 by Lentz's rule (Thompson and Barnett 1986,
  /// doi:10.1016/0021-9991(86)90046-X), on the side of the mean where it converges fast, the other by
  /// I_x(a, b) = 1 − I_{1−x}(b, a). Relative error about 1e-15 times the parameters, 1e-13 at least.
  ///
  /// - Parameters:
  ///   - x: From 0 to 1; what lies outside has the probability of the nearer end.
  ///   - a: The first parameter, above 0.
  ///   - b: The second, above 0.
  /// - Returns: From 0 to 1.
  /// - Complexity: O(√max(a, b)).
  public static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0 && !x.isNaN)
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - tail(1 - x, b, a) }
    return tail(x, a, b)
  }

  /// I_x(a, b) for an x below (a + 1) / (a + b + 2).
  private static func tail(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let logarithm =
      Double.logGamma(a + b) - Double.logGamma(a) - Double.logGamma(b)
      + a * Double.log(x) + b * Double.log(onePlus: -x)
    return min(1, Double.exp(logarithm) / a * fraction(x, a, b))
  }

  /// The continued fraction: 1 / (1 + d₁ / (1 + d₂ / (1 + …))).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    // Lentz's rule replaces a denominator of 0 by next to nothing.
    let least = 1e-300
    func nonzero(_ value: Double) -> Double { abs(value) < least ? least : value }
    var numerator = 1.0
    var denominator = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var value = denominator
    for step in 1...100_000 {
      let m = Double(step)
      for d in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        denominator = 1 / nonzero(1 + d * denominator)
        numerator = nonzero(1 + d / numerator)
        value *= numerator * denominator
      }
      if abs(numerator * denominator - 1) < 1e-15 { break }
    }
    return value
  }

  /// The value that is not exceeded with a probability: the inverse of `cumulative`.
  ///
  /// Method: Newton's steps on log-odds of the value, held between ends of which the root lies between and which
  /// bisection brings together where a step leaves them.
  ///
  /// - Parameters:
  ///   - probability: From 0, which gives 0, to 1, which gives 1.
  ///   - a: The first parameter, above 0.
  ///   - b: The second, above 0.
  /// - Returns: The quantile, with a relative error of about 1e-12.
  public static func quantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(probability) && a > 0 && b > 0)
    if probability == 0 || probability == 1 { return probability }
    var (low, high) = (-700.0, 700.0)
    // ln (x / (1 − x)) of the mean.
    var odds = Double.log(a / b)
    for _ in 0..<200 {
      let x = 1 / (1 + Double.exp(-odds))
      let difference = cumulative(x, a, b) - probability
      if difference == 0 { break }
      if difference > 0 { high = odds } else { low = odds }
      // dI/d(odds) = x^a (1 − x)^b / B(a, b), where 1 − x = 1 / (1 + e^odds) keeps its digits.
      let slope = Double.exp(
        -a * Double.log(onePlus: Double.exp(-odds)) - b * Double.log(onePlus: Double.exp(odds))
          + Double.logGamma(a + b) - Double.logGamma(a) - Double.logGamma(b))
      let step = difference / slope
      if abs(step) <= 1e-15 * max(1, abs(odds)) { break }
      let next = odds - step
      // Also where the slope is 0 and the step no number.
      odds = next > low && next < high ? next : (low + high) / 2
    }
    return 1 / (1 + Double.exp(-odds))
  }
}
