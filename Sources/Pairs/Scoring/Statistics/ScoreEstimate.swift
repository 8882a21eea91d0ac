import Analyses
import RealModule

/// A number that scores say, with its 95 % interval or the reason why there is none.
struct ScoreEstimate: Sendable, Equatable {
  let value: Double
  private(set) var low: Double?
  private(set) var high: Double?
  /// How the interval is made, or why not.
  let interval: String

  /// The fewest images and captions that an interval is made of.
  static let fewestUnits = AreaComparison.fewestClusters

  static let fewUnits = "none: fewer than \(fewestUnits) images or captions"
  static let noSpread = "none: no spread"

  /// A mean: Student's t with the variance of what pairs share.
  init(mean value: Double, _ spread: SharedUnitVariance) {
    self.value = value
    guard let half = Self.halfWidth(spread, at: value) else {
      interval = Self.obstacle(spread)
      return
    }
    (low, high) = (value - half, value + half)
    interval = "dyadic-t"
  }

  /// An area under a curve, on the scale of its logit, ln(a / (1 − a)).
  ///
  /// An area of 1 shows no spread. Then (and for 0 likewise) the interval is the exact one of what surely is
  /// independent: k units of three have been looked at, one matched and two shuffled, none of them in two, and
  /// every one of k = ⌊K / 3⌋ comparisons came out so, which has the probability a^k: a is at least 0.025^(1/k).
  init(area value: Double, _ spread: SharedUnitVariance) {
    self.value = value
    let trios = Int((spread.degreesOfFreedom + 1) / 3)
    if value == 1 || value == 0, spread.unitCount >= Self.fewestUnits, trios > 0 {
      let bound = ShareInterval.clopperPearson(
        successes: value == 1 ? Double(trios) : 0, trials: Double(trios))
      (low, high) = (bound.low, bound.high)
      interval = "clopper-pearson of \(trios) independent comparisons"
      return
    }
    guard let half = Self.halfWidth(spread, at: value), value > 0, value < 1 else {
      interval = Self.obstacle(spread)
      return
    }
    let logit = Double.log(value) - Double.log(onePlus: -value)
    let width = half / (value * (1 - value))
    low = 1 / (1 + Double.exp(width - logit))
    high = 1 / (1 + Double.exp(-width - logit))
    interval = "dyadic-t on the logit"
  }

  /// A share of queries: the exact interval of as many trials as have its variance (Korn and Graubard 1998), and of
  /// as many as there are independent units where all queries have one outcome.
  init(share value: Double, queries: Int, _ spread: SharedUnitVariance) {
    self.value = value
    guard spread.unitCount >= Self.fewestUnits else {
      interval = Self.fewUnits
      return
    }
    var trials = min(Double(queries), spread.degreesOfFreedom + 1)
    if value > 0, value < 1, spread.variance > 0 {
      let plain = StudentDistribution.quantile(
        0.975, degreesOfFreedom: max(1, Double(queries - 1)))
      let own = StudentDistribution.quantile(
        0.975, degreesOfFreedom: spread.degreesOfFreedom)
      let ratio = plain / own
      trials = min(
        max(1, value * (1 - value) / spread.variance * ratio * ratio), Double(queries))
    }
    let bounds = ShareInterval.clopperPearson(
      successes: min(value * trials, trials), trials: trials)
    (low, high) = (min(bounds.low, value), max(bounds.high, value))
    interval = ConfidenceInterval.Method.kornGraubard.rawValue
  }

  private static func halfWidth(_ spread: SharedUnitVariance, at value: Double) -> Double? {
    let error = spread.variance.squareRoot()
    guard spread.unitCount >= fewestUnits, error > 1e-12 * max(1, abs(value)) else { return nil }
    return error
      * StudentDistribution.quantile(0.975, degreesOfFreedom: spread.degreesOfFreedom)
  }

  private static func obstacle(_ spread: SharedUnitVariance) -> String {
    spread.unitCount < fewestUnits ? fewUnits : noSpread
  }
}
