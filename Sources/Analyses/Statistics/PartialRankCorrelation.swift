public import LinearAlgebra
import RealModule

/// How a measure and an outcome of classes go together, within levels, beyond what covariates say of both.
///
/// Method: Spearman's partial correlation within each level, the mean over levels (`LeveledPartialRanks`);
/// the test permutes what covariates leave of the outcome, classes as wholes (Freedman and Lane 1983,
/// doi:10.1080/07350015.1983.10509354; Winkler et al. 2014, doi:10.1016/j.neuroimage.2014.01.060), made
/// longer by √((K − 1) / (K − 1 − q)) of K classes and q covariates. The interval is Student's t of the
/// jackknife over classes on the scale of Fisher's z.
public struct PartialRankCorrelation: Sendable, Equatable, Codable {
  /// Why there is no interval.
  public enum IntervalLack: String, Sendable, Codable {
    /// Fewer classes than covariates and twelve.
    case fewClasses
    /// The correlation, or that without one of the classes, is ±1 or none.
    case extreme
  }

  /// The mean, over levels, of the partial rank correlation.
  public let estimate: Double
  /// Its 95 % interval.
  public let interval: ConfidenceInterval?
  /// Why there is none; nil where there is.
  public let intervalLack: IntervalLack?
  /// The two-sided p-value: of permutations whose correlation is as large in size.
  public let pValue: Double
  /// p adjusted for all measures of the call (`stepDownAdjusted`); nil where so few permutations allow no p
  /// of .05.
  public let adjusted: Double?
  /// How many orders of the classes were taken; all of them, the observed one among them, where those are
  /// few.
  public let permutations: Int
  /// How many classes there are.
  public let classCount: Int

  /// The fewest classes that are tested with some covariates: below, hardly any freedom is left.
  public static func fewestClasses(covariates: Int) -> Int { covariates + 5 }
  /// The fewest classes that an interval is given for.
  public static func fewestForInterval(covariates: Int) -> Int { covariates + 12 }

  /// The partial correlations of several measures with one outcome, all of the same permutations.
  ///
  /// - Parameters:
  ///   - measures: Of each, for each class, a number for each condition; none NaN.
  ///   - outcome: The same.
  ///   - covariates: The same, of each covariate; each differs somewhere between classes.
  ///   - levels: The level of each condition.
  ///   - permutations: How often classes are permuted, and the seed.
  ///   - control: Asked before every permutation.
  /// - Returns: One a measure; nil where it is not defined, because covariates leave nothing of the measure
  ///   or of the outcome, and for all where classes are fewer than `fewestClasses`.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(classes · conditions · (covariates + measures)) a permutation, on all threads; as much
  ///   times log classes for each class that is left out.
  public static func of(
    _ measures: [[[Double]]], outcome: [[Double]], covariates: [[[Double]]], levels: [Int],
    permutations: Resampling, control: ComputationControl = ComputationControl()
  ) throws -> [PartialRankCorrelation?] {
    precondition((measures + covariates).allSatisfy { $0.count == outcome.count })
    precondition((measures + covariates).joined().allSatisfy { $0.count == levels.count })
    precondition(outcome.allSatisfy { $0.count == levels.count })
    let count = outcome.count
    guard count >= fewestClasses(covariates: covariates.count), !levels.isEmpty else {
      return measures.map { _ in nil }
    }
    let whole = LeveledPartialRanks(
      outcome, covariates: covariates, levels: levels, classes: Array(0..<count))
    let residuals = measures.map(whole.residuals)
    let estimates = residuals.map(whole.correlation)
    let defined = estimates.indices.filter { estimates[$0] != nil }
    guard !defined.isEmpty else { return measures.map { _ in nil } }

    let tested = defined.map { residuals[$0] }
    let orders = ClassPermutations(count: count, resampling: permutations)
    let null = try Parallel.tryMap(count: orders.orders.count) { draw in
      try control.check()
      return whole.permuted(tested, order: orders.orders[draw])
    }
    let observed = defined.compactMap { estimates[$0].map(abs) }
    let adjusted =
      orders.least <= 0.05
      ? stepDownAdjusted(observed: observed, null: null, isExact: orders.isExact) : nil

    var leftOut: [[Double?]] = []
    if count >= fewestForInterval(covariates: covariates.count) {
      leftOut = try Parallel.tryMap(count: count) { out in
        try control.check()
        let rest = LeveledPartialRanks(
          outcome, covariates: covariates, levels: levels,
          classes: (0..<count).filter { $0 != out })
        return defined.map { rest.correlation(rest.residuals(measures[$0])) }
      }
    }
    var results = [PartialRankCorrelation?](repeating: nil, count: measures.count)
    for (test, measure) in defined.enumerated() {
      guard let estimate = estimates[measure] else { continue }
      let extreme = null.count { $0[test] >= observed[test] - 1e-12 }
      let (interval, lack) = interval(
        estimate, leftOut: leftOut.map { $0[test] }, covariates: covariates.count)
      results[measure] = PartialRankCorrelation(
        estimate: estimate, interval: interval, intervalLack: lack,
        pValue: orders.pValue(extreme: extreme), adjusted: adjusted?[test],
        permutations: orders.orders.count, classCount: count)
    }
    return results
  }

  /// tanh(z ± t · SE), SE² = (K − 1) / K · Σ (z₍ₖ₎ − z̄)² of K classes left out one by one, t of K − 2 − q
  /// degrees of freedom.
  private static func interval(
    _ estimate: Double, leftOut: [Double?], covariates: Int
  ) -> (ConfidenceInterval?, IntervalLack?) {
    if leftOut.isEmpty { return (nil, .fewClasses) }
    let values = leftOut.compactMap(\.self)
    let largest = 1 - 1e-12
    guard values.count == leftOut.count, (values + [estimate]).allSatisfy({ abs($0) < largest })
    else { return (nil, .extreme) }
    let interval = ClusterJackknife.interval(
      ofCorrelation: estimate, without: values,
      degreesOfFreedom: Double(values.count - 2 - covariates))
    return (interval, interval == nil ? .extreme : nil)
  }
}
