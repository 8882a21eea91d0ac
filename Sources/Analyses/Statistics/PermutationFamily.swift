/// Tests of correlations on the same permutations that are corrected together.
///
/// What the numbers themselves allow decides what can be tested, never what they say: a test whose least p-value, that
/// of its largest correlation in any order, is above the level could not find anything and is no burden to the others
/// (Tarone 1990, doi:10.2307/2531456), and where the least adjusted p-value of all is above it none of them is tested.
public struct PermutationFamily: Sendable {
  /// The p-values adjusted by the largest correlation in size (step-down, Westfall and Young); nil for what could not
  /// be tested.
  public let adjusted: [Double?]
  /// Those adjusted by Holm's method; nil for what could not be tested, and where no p-value could pass that.
  public let holm: [Double?]
  /// What a correlation has to exceed in size for an adjusted p-value of at most the level; nil where none can.
  public let critical: Double?

  /// The family of some tests.
  ///
  /// - Parameters:
  ///   - tests: Each with what it is in the same orders.
  ///   - isExact: Whether those are all orders.
  ///   - level: Of a test, above 0 and below 1.
  /// - Complexity: O(tests · orders).
  public init(_ tests: [LeveledCorrelation.Permuted], isExact: Bool, level: Double = 0.05) {
    precondition(
      tests.allSatisfy { $0.null.count == tests[0].null.count } && 0 < level && level < 1)
    var (adjusted, holm) = ([Double?](repeating: nil, count: tests.count), [Double?]())
    holm = adjusted
    let tested = tests.indices.filter { tests[$0].correlation.leastPValue <= level }
    let orderCount = tests.first?.null.count ?? 0
    let sizes = (0..<orderCount).map { order in tested.map { abs(tests[$0].null[order]) } }
    let maxima = sizes.map { $0.max() ?? 0 }.sorted(by: >)
    let observed = tested.map { abs(tests[$0].correlation.estimate) }
    // Of random orders the observed one is another.
    let total = Double(isExact ? orderCount : orderCount + 1)
    let tolerance = LeveledCorrelation.tolerance
    let largest = max(maxima.first ?? 0, observed.max() ?? 0)
    let reaching = maxima.prefix { $0 >= largest - tolerance }.count + (isExact ? 0 : 1)
    let allowed = Int((level * total + tolerance).rounded(.down)) - (isExact ? 0 : 1)
    guard !tested.isEmpty, Double(reaching) / total <= level, maxima.indices.contains(allowed)
    else {
      (self.adjusted, self.holm, critical) = (adjusted, holm, nil)
      return
    }
    critical = maxima[allowed]
    let stepped = stepDownAdjusted(observed: observed, null: sizes, isExact: isExact)
    let corrected = holmAdjusted(tested.map { tests[$0].correlation.pValue })
    let least = tested.map { tests[$0].correlation.leastPValue }.min() ?? 1
    let canPassHolm = least * Double(tested.count) <= level
    for (place, index) in tested.enumerated() {
      adjusted[index] = stepped[place]
      holm[index] = canPassHolm ? corrected[place] : nil
    }
    (self.adjusted, self.holm) = (adjusted, holm)
  }
}
