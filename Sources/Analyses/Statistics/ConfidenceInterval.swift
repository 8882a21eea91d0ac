/// A confidence interval, and how it was made.
public struct ConfidenceInterval: Sendable, Equatable, Codable {
  /// How an interval was made.
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// The bias-corrected and accelerated bootstrap (Efron 1987, doi:10.1080/01621459.1987.10478410).
    case bca
    /// The exact interval of a binomial share (Clopper and Pearson 1934, doi:10.2307/2331986).
    case clopperPearson = "clopper-pearson"
    /// The exact interval of as many trials as have the share's variance (Korn and Graubard 1998).
    case kornGraubard = "korn-graubard"
    /// Student's t of paired differences and two more (Bonett and Price 2012, doi:10.3102/1076998611411915).
    case bonettPrice = "bonett-price"
    /// Inverted from an exact test.
    case exact
    /// Student's t with the variance of two crossed factors.
    case crossedT = "crossed-t"
    /// Student's t with the variance of a jackknife.
    case jackknife
  }

  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// How it was made.
  public let method: Method

  /// The part of it in which the number can lie at all, which covers it no less often: that of a mean by Student's t
  /// may reach beyond.
  public func clamped(to range: ClosedRange<Double>) -> ConfidenceInterval {
    ConfidenceInterval(
      low: min(max(low, range.lowerBound), range.upperBound),
      high: min(max(high, range.lowerBound), range.upperBound), method: method)
  }

  /// An interval with its ends in order.
  public init(low: Double, high: Double, method: Method) {
    precondition(low <= high)
    (self.low, self.high, self.method) = (low, high, method)
  }
}
