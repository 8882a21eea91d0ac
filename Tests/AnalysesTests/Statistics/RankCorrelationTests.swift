import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct RankCorrelationTests {
  @Test func `equal numbers have one place`() {
    #expect(RankCorrelation.places([3, 1, 3, 3, -.infinity]) == [2, 1, 2, 2, 0])
    #expect(RankCorrelation.places([]) == [])
  }

  @Test func `four pairs by hand`() {
    // Ranks 1 2 3 4 against 2 1 4 3: differences 1: 1 − 6 · 4 / (4 · 15). Four of six pairs agree.
    let (x, y) = ([1.0, 2, 3, 4], [20.0, 10, 40, 30])
    #expect(abs((RankCorrelation.spearman.of(x, y) ?? 0) - 0.6) < 1e-15)
    #expect(abs((RankCorrelation.kendall.of(x, y) ?? 0) - 2.0 / 6) < 1e-15)
    // x = 1 1 2, y = 1 2 2: one pair agrees, one is tied in x, one in y: 1 / √(2 · 2).
    #expect(abs((RankCorrelation.kendall.of([1, 1, 2], [1, 2, 2]) ?? 9) - 0.5) < 1e-15)
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `agrees with the reference values`() throws {
    for example in try GeometryCases.list("correlations") {
      let (x, y) = (example.numbers("x"), example.numbers("y"))
      let (spearman, kendall) = (example.numbers("spearman"), example.numbers("kendall_tau_b"))
      #expect(abs((RankCorrelation.spearman.of(x, y) ?? 9) - spearman[0]) < 1e-14, "\(example)")
      #expect(abs((RankCorrelation.kendall.of(x, y) ?? 9) - kendall[0]) < 1e-14, "\(example)")
    }
  }

  // scipy.stats.spearmanr and kendalltau, SciPy 1.17.1.
  @Test func `numbers with ties agree with SciPy`() {
    let x: [Double] = [1, 2, 2, 3, 3, 3, 4, 5, 5, 6]
    let y: [Double] = [2, 1, 2, 2, 3, 5, 5, 4, 4, 7]
    #expect(abs((RankCorrelation.spearman.of(x, y) ?? 9) - 0.7924528301886793) < 1e-14)
    #expect(abs((RankCorrelation.kendall.of(x, y) ?? 9) - 0.65) < 1e-14)
    let a = (0..<200).map { Double($0 * 7919 % 13) }
    let b = (0..<200).map { index -> Double in
      let remainder = (index * index * 31 + index) % 11
      return Double(remainder) + (a[index] / 4).rounded(.down)
    }
    #expect(abs((RankCorrelation.spearman.of(a, b) ?? 9) - 0.3130276686568959) < 1e-14)
    #expect(abs((RankCorrelation.kendall.of(a, b) ?? 9) - 0.24039194932882843) < 1e-14)
  }

  @Test func `Kendall's tau counts pairs`() {
    for seed in 0..<20 {
      let words = RandomStream(domain: "test/pairs", seed: UInt64(seed)).words(part: 0, count: 60)
      let x = words.prefix(30).map { Double($0 % 9) }
      let y = words.suffix(30).map { Double($0 % 7) }
      var (difference, inX, inY) = (0, 0, 0)
      for i in 0..<30 {
        for j in 0..<i {
          let product = (x[i] - x[j]) * (y[i] - y[j])
          difference += product > 0 ? 1 : product < 0 ? -1 : 0
          inX += x[i] != x[j] ? 1 : 0
          inY += y[i] != y[j] ? 1 : 0
        }
      }
      let expected = Double(difference) / (Double(inX).squareRoot() * Double(inY).squareRoot())
      #expect(RankCorrelation.kendall.of(x, y) == expected)
    }
  }

  @Test(arguments: RankCorrelation.allCases)
  func `order is all that counts, and its reverse changes the sign`(correlation: RankCorrelation) {
    let x = [0.1, 5, -2, 7, 7, 3]
    let y = [2.0, 9, 1, 4, 8, 4]
    let value = correlation.of(x, y)
    #expect(correlation.of(x.map { $0 * $0 * $0 + 2 }, y) == value)
    #expect(correlation.of(y, x) == value)
    #expect(correlation.of(x, y.map { -$0 }) == value.map { -$0 })
    #expect(correlation.of(x, x) == 1 && correlation.of(x, x.map { -$0 }) == -1)
    #expect(abs((correlation.of([1, .infinity, 2], [1, 3, 2]) ?? 9) - 1) < 1e-15)
  }

  @Test(arguments: RankCorrelation.allCases)
  func `what never changes has no correlation`(correlation: RankCorrelation) {
    #expect(correlation.of([1, 1, 1], [1, 2, 3]) == nil)
    #expect(correlation.of([1, 2, 3], [0, 0, 0]) == nil)
    #expect(correlation.of([1], [2]) == nil && correlation.of([], []) == nil)
  }
}
