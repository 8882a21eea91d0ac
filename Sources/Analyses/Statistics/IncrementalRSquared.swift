public import LinearAlgebra

/// What further columns add to references when they predict the outcome of classes that were not seen.
///
/// R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)² over held-out classes, ȳ the mean of the training classes at the same
/// noise and level: 0 for a model that knows no more than the level, below 0 for a worse one. ŷ is of a
/// ridge model whose penalties are chosen in inner folds (`NestedRidge`), over several ways to deal classes
/// out to folds. The difference is tested against further columns whose residuals, once the references have
/// said what they can, are given to other classes as wholes, and what was said is added again (Kennedy
/// 1995, doi:10.1080/07350015.1995.10524581; the procedure of Smith in Winkler et al. 2014,
/// doi:10.1016/j.neuroimage.2014.01.060). Residuals are shorter than what they estimate, so that they are
/// multiplied by √((K − 1) / (K − 1 − q)) of K classes and q references.
public struct IncrementalRSquared: Sendable, Equatable, Codable {
  /// R² of the references alone.
  public let references: Double
  /// R² of the references with the further columns.
  public let whole: Double
  /// The share of permutations that add as much or more.
  public let pValue: Double
  /// How many permutations.
  public let permutations: Int
  /// How many classes.
  public let classCount: Int

  /// What the further columns add.
  public var difference: Double { whole - references }

  /// The fewest classes that some references leave anything to say of.
  public static func fewestClasses(references: Int) -> Int { references + 5 }

  /// How many times classes are dealt out to folds: what one deal finds depends on it.
  public static let deals = 3

  /// What further columns add.
  ///
  /// - Parameters:
  ///   - outcome: For each class, a number for each condition; finite.
  ///   - references: The same, of each reference.
  ///   - further: The same, of each further column, one at least.
  ///   - strata: The stratum, a kind and level of noise, of each condition.
  ///   - permutations: How often classes are permuted, and the seed, of the folds too.
  ///   - control: Asked before every permutation.
  /// - Returns: nil where the outcome is the same for all classes of every stratum.
  /// - Throws: `AnalysisError.tooFewClasses` below `fewestClasses`; `CancellationError`.
  /// - Complexity: O(folds² · (columns³ + strata · columns²) + classes · conditions · columns²) a
  ///   permutation, on all threads.
  public static func of(
    outcome: [[Double]], references: [[[Double]]], further: [[[Double]]], strata: [Int],
    permutations: Resampling,
    control: ComputationControl = ComputationControl()
  ) throws -> IncrementalRSquared? {
    let count = outcome.count
    guard count >= fewestClasses(references: references.count) else {
      throw AnalysisError.tooFewClasses(count)
    }
    let predictors = LeveledPredictors(
      outcome: outcome, references: references, further: further, strata: strata)
    let dealing = permutations.stream("folds")
    let models = (0..<(count <= NestedRidge.mostFolds ? 1 : deals)).map { deal in
      NestedRidge(order: dealing.order(count, part: deal))
    }
    let baselines = models.map { $0.baseline(predictors) }
    let total = baselines.reduce(0) { $0 + $1.totalSquare }
    guard total > 0 else { return nil }
    @Sendable func squaredError(_ predictors: LeveledPredictors) -> Double {
      zip(models, baselines).reduce(0) { $0 + $1.0.squaredError(predictors, $1.1) }
    }
    let error = squaredError(predictors)
    let orders = ClassPermutations(count: count, resampling: permutations)
    // As small an error but for rounding is as small.
    let bound = error + 1e-12 * total
    let extreme = try Parallel.tryMap(count: orders.orders.count) { draw in
      try control.check()
      return squaredError(predictors.permuted(orders.orders[draw])) <= bound
    }.count(where: \.self)
    return IncrementalRSquared(
      references: 1 - baselines.reduce(0) { $0 + $1.squaredError } / total,
      whole: 1 - error / total,
      // The residuals are stretched: the identity among all orders is not what was observed.
      pValue: Double(extreme + 1) / Double(orders.orders.count + 1),
      permutations: orders.orders.count, classCount: count)
  }
}
