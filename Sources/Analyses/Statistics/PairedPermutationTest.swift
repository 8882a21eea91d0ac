public import LinearAlgebra
import RealModule

/// A test of whether the mean of paired differences is zero: under the hypothesis each of them might as
/// well have had the other sign.
public struct PairedPermutationTest: Sendable, Equatable, Codable {
  /// How the signs are gone through.
  public enum Method: String, Sendable, Codable {
    /// All choices, by the binomial law: the differences that are not 0 have one size. Of right and
    /// wrong answers this is McNemar's exact test.
    case binomial
    /// All choices, one by one.
    case exact
    /// Random choices.
    case random
  }

  /// The most differences, without those that are 0, whose 2ⁿ choices are gone through.
  static let exactLimit = 16

  /// The mean of all differences.
  public let meanDifference: Double
  /// The number of pairs that differ.
  public let differingCount: Int
  /// The probability, under the hypothesis, of a mean as far from zero, or farther.
  ///
  /// Of m random choices, b of which are as far, it is (b + 1) / (m + 1), which is never 0 (Phipson and
  /// Smyth 2010, doi:10.2202/1544-6115.1585).
  public let pValue: Double
  /// How the signs were gone through.
  public let method: Method

  /// The two-sided test.
  ///
  /// - Parameters:
  ///   - differences: One a pair, finite, one at least.
  ///   - resampling: Random choices of signs where all are too many. The same for any number of threads.
  ///   - control: Asked before every random choice.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n) when exact, O(n · replicates) otherwise.
  public init(
    differences: [Double], resampling: Resampling,
    control: ComputationControl = ComputationControl()
  ) throws {
    precondition(!differences.isEmpty && differences.allSatisfy(\.isFinite))
    let sizes = differences.filter { $0 != 0 }.map(abs)
    let sum = differences.reduce(0, +)
    meanDifference = sum / Double(differences.count)
    differingCount = sizes.count
    // Sums that are equal but for rounding are equal.
    let least = abs(sum) - 1e-12 * sizes.reduce(0, +)
    if sizes.allSatisfy({ $0 == sizes[0] }) {
      method = .binomial
      pValue = Self.signTest(
        positives: differences.count { $0 > 0 }, of: sizes.count)
    } else if sizes.count <= Self.exactLimit {
      method = .exact
      let choices = 1 << sizes.count
      let extreme = (0..<choices).count { choice in
        abs(sizes.indices.reduce(0) { $0 + (choice >> $1 & 1 == 1 ? -sizes[$1] : sizes[$1]) })
          >= least
      }
      pValue = Double(extreme) / Double(choices)
    } else {
      method = .random
      let stream = resampling.stream("signs")
      let extreme = try Parallel.tryMap(count: resampling.replicates) { replicate in
        try control.check()
        let words = stream.words(part: replicate, count: (sizes.count + 31) / 32)
        return abs(Self.sum(sizes, signs: words)) >= least
      }.count(where: \.self)
      pValue = Double(extreme + 1) / Double(resampling.replicates + 1)
    }
  }

  /// Σ ± size, with a minus where a bit is set.
  private static func sum(_ sizes: [Double], signs: [UInt32]) -> Double {
    var sum = 0.0
    for i in sizes.indices {
      let sign = UInt64(signs[i >> 5] >> UInt32(i & 31) & 1) << 63
      sum = Relaxed.sum(sum, Double(bitPattern: sizes[i].bitPattern ^ sign))
    }
    return sum
  }

  /// The probability of at most min(k, n − k) heads, or at least max(k, n − k), in n throws.
  private static func signTest(positives: Int, of count: Int) -> Double {
    let fewer = min(positives, count - positives)
    if 2 * fewer == count { return 1 }
    // ln of C(n, k) 2⁻ⁿ, from the largest term down: they fall at least geometrically.
    let logarithm =
      Double.logGamma(Double(count + 1)) - Double.logGamma(Double(fewer + 1))
      - Double.logGamma(Double(count - fewer + 1)) - Double(count) * Double.log(2)
    var (term, sum) = (1.0, 0.0)
    for k in stride(from: fewer, through: 0, by: -1) {
      sum += term
      term *= Double(k) / Double(count - k + 1)
    }
    return min(1, 2 * Double.exp(logarithm + Double.log(sum)))
  }
}
