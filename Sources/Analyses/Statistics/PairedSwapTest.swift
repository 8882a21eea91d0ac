public import LinearAlgebra
import RealModule

/// A test of whether two groups of paired objects, known by their distances only, come from one distribution:
/// of every pair, one object is in each group, and under the hypothesis it might as well be the other.
///
/// Method: the joint loss of Robinson and Turner 2017 (doi:10.1007/s41468-017-0008-7), Σ d_ij^q / (2 K (K −
/// 1)) over the ordered pairs within both groups of K objects; the probability is that of a loss as small
/// when the objects of every pair are exchanged or not, each with probability ½. That is exact whatever the
/// pairs have in common, while dealing all objects out anew (`TwoSamplePermutationTest`) takes what the
/// objects of a pair share for sameness of the groups, and finds next to nothing.
///
/// With signs s = ±1 and w_kl half the difference of d within and across the pairs k and l, the loss is
/// (M + Σ_{k<l} s_k s_l w_kl) / (K (K − 1)): its mean over all swaps is M / (K (K − 1)) and its deviation
/// √(Σ w²) / (K (K − 1)), without any drawing.
public struct PairedSwapTest: Codable, Sendable, Equatable {
  /// What p-values are compared with.
  public static let level = 0.05

  /// The number of pairs, K.
  public let pairCount: Int
  /// The loss of the groups as they are.
  public let loss: Double
  /// The mean loss over all ways to exchange pairs.
  public let meanLoss: Double
  /// The probability, under the hypothesis, of a loss as small, or smaller; (b + 1) / (m + 1) of m random
  /// ways.
  public let pValue: Double
  /// The least that the probability could be: 1 / 2^(K − 1) where all ways are gone through.
  public let leastPValue: Double
  /// The probability adjusted for all tests of the family by step-down max-T; nil where the test could never
  /// find anything, and so has no part in the family.
  public let adjustedPValue: Double?
  /// Whether all ways were gone through.
  public let isExact: Bool

  /// Whether a test with so small a least probability can find anything.
  public static func canFind(least: Double) -> Bool { least <= level }

  /// Distances of the objects of some pairs.
  public struct Sample: Sendable {
    /// [2 K, 2 K], symmetric, finite: the objects of the first group in the order of `pairs`, then their
    /// partners.
    public let distances: Matrix<Double>
    /// The pairs by their numbers among all that are swapped, ascending.
    public let pairs: [Int]

    /// Distances of the objects of some pairs, two or more.
    public init(distances: Matrix<Double>, pairs: [Int]) {
      precondition(pairs.count >= 2 && zip(pairs, pairs.dropFirst()).allSatisfy(<))
      precondition(distances.rows == 2 * pairs.count && distances.columns == 2 * pairs.count)
      self.distances = distances
      self.pairs = pairs
    }
  }

  /// The test of one sample, a family of its own.
  ///
  /// - Parameters:
  ///   - distances: [2 K, 2 K], symmetric, finite, those of the first group first, K ≥ 2.
  ///   - exponent: q, above 0.
  ///   - resampling: Random ways where all are too many. The same for any number of threads.
  ///   - control: Asked before every way.
  /// - Throws: As `results`.
  public init(
    distances: Matrix<Double>, exponent: Double = 1, resampling: Resampling,
    control: ComputationControl = ComputationControl()
  ) throws {
    let count = distances.rows / 2
    self = try Self.results(
      [Sample(distances: distances, pairs: Array(0..<count))], exponent: exponent,
      swaps: PairSwaps(count: count, resampling: resampling), control: control)[0]
  }

  /// The tests of a family of samples, all on the same swaps.
  ///
  /// p-values are adjusted by the largest standardised statistic, (mean − loss) / deviation, among the tests
  /// that could find anything (`stepDownAdjusted`).
  ///
  /// - Parameters:
  ///   - family: The samples.
  ///   - exponent: q, above 0.
  ///   - swaps: The ways to exchange the pairs that samples name.
  ///   - control: Asked before every way.
  /// - Returns: A test a sample.
  /// - Throws: `CancellationError`; `AnalysisError.invalid` for a distance that is negative or not finite.
  /// - Complexity: O(K²) a sample and way; 8 bytes of memory.
  public static func results(
    _ family: [Sample], exponent: Double = 1, swaps: PairSwaps,
    control: ComputationControl = ComputationControl()
  ) throws -> [PairedSwapTest] {
    precondition(exponent > 0)
    let forms = try family.map { try Form($0, exponent: exponent, pairCount: swaps.count) }
    let least = forms.map { swaps.least(pairs: $0.pairs.count) }
    let null = try Parallel.tryMap(count: swaps.ways) { way in
      try control.check()
      let signs = swaps.signs(way)
      return forms.map { $0.statistic(signs) }
    }
    // Statistics that are equal but for rounding are equal.
    let observed = forms.map { $0.observed - $0.rounding }
    let found = forms.indices.filter { canFind(least: least[$0]) }
    let adjusted = stepDownAdjusted(
      observed: found.map { observed[$0] }, null: null.map { row in found.map { row[$0] } },
      isExact: swaps.isExact)
    let adjustedByTest = Dictionary(uniqueKeysWithValues: zip(found, adjusted))
    return forms.indices.map { test in
      let form = forms[test]
      return PairedSwapTest(
        pairCount: form.pairs.count, loss: form.loss, meanLoss: form.meanLoss,
        pValue: swaps.pValue(extreme: null.count { $0[test] >= observed[test] }),
        leastPValue: least[test], adjustedPValue: adjustedByTest[test], isExact: swaps.isExact)
    }
  }

  private init(
    pairCount: Int, loss: Double, meanLoss: Double, pValue: Double, leastPValue: Double,
    adjustedPValue: Double?, isExact: Bool
  ) {
    self.pairCount = pairCount
    self.loss = loss
    self.meanLoss = meanLoss
    self.pValue = pValue
    self.leastPValue = leastPValue
    self.adjustedPValue = adjustedPValue
    self.isExact = isExact
  }

  /// The loss as a quadratic form of the signs.
  private struct Form: Sendable {
    let pairs: [Int]
    let loss: Double
    let meanLoss: Double
    /// The statistic of the pairs as they are, and how much of it may be rounding.
    let observed: Double
    let rounding: Double
    /// By pair, the weights with the pairs before it, divided by their deviation; all 0 where no swap changes
    /// anything.
    private let weights: [[Double]]

    init(_ sample: Sample, exponent: Double, pairCount: Int) throws {
      pairs = sample.pairs
      let count = pairs.count
      precondition(pairs.allSatisfy { $0 < pairCount })
      let distances = sample.distances
      for (place, distance) in distances.values.enumerated()
      where !(0..<Double.infinity).contains(distance) {
        throw AnalysisError.invalid(
          "the distance of objects \(place / (2 * count)) and \(place % (2 * count)) (counted from 0) is "
            + "\(distance); expected a finite number from 0")
      }
      func power(_ i: Int, _ j: Int) -> Double { Double.pow(distances[i, j], exponent) }
      var (total, sum, squares) = (0.0, 0.0, 0.0)
      var weights: [[Double]] = []
      for k in 0..<count {
        weights.append(
          (0..<k).map { l in
            let within = power(k, l) + power(count + k, count + l)
            let across = power(k, count + l) + power(count + k, l)
            let weight = (within - across) / 2
            total += (within + across) / 2
            sum += weight
            squares += weight * weight
            return weight
          })
      }
      let scale = Double(count * (count - 1))
      meanLoss = total / scale
      loss = (total + sum) / scale
      let deviation = squares.squareRoot()
      // Weights that are no more than the rounding of the distances are none.
      let isConstant = deviation <= 1e-13 * total
      self.weights = weights.map { $0.map { isConstant ? 0 : $0 / deviation } }
      rounding = isConstant ? 0 : 1e-13 * (total / deviation) + 1e-12
      observed = isConstant ? 0 : -sum / deviation
    }

    /// (mean − loss) / deviation under the signs of all pairs; 0 where no swap changes anything.
    func statistic(_ signs: [Double]) -> Double {
      var sum = 0.0
      for k in pairs.indices {
        var inner = 0.0
        let row = weights[k]
        for l in row.indices { inner = Relaxed.multiplyAdd(row[l], signs[pairs[l]], inner) }
        sum += signs[pairs[k]] * inner
      }
      return -sum
    }
  }
}
