import Testing

@testable import Analyses

struct BetaDistributionTests {
  // scipy.stats.beta.cdf, SciPy 1.17.1.
  @Test(arguments: [
    (0.3, 2.0, 5.0, 0.5798250000000003), (0.999, 500, 0.5, 0.31731044730971725),
    (1e-05, 0.5, 0.5, 0.0020131718394753874), (0.02, 1, 47, 0.6130760991518021),
    (0.5, 10000, 10000, 0.5), (0.97, 940, 0.1, 1.8579140985786792e-15),
    (1e-20, 0.01, 3, 0.6404532525146204),
  ])
  func `probabilities agree with the reference`(
    x: Double, a: Double, b: Double, expected: Double
  ) {
    let found = BetaDistribution.cumulative(x, a, b)
    #expect(abs(found / expected - 1) < 1e-13 + 4e-15 * max(a, b), "\(found)")
  }

  // scipy.stats.beta.ppf, SciPy 1.17.1.
  @Test(arguments: [
    (0.025, 3.0, 45.0, 0.01336176949725493), (0.975, 46, 2, 0.9948044168232562),
    (0.975, 47, 1, 0.9994614682946577), (0.025, 1, 47, 0.0005385317053423146),
    (1e-10, 0.5, 0.5, 2.4674011002723397e-20), (0.5, 100000, 3, 0.9999732600217842),
    (0.3, 0.01, 0.02, 2.0289416312649547e-35),
  ])
  func `quantiles agree with the reference`(
    probability: Double, a: Double, b: Double, expected: Double
  ) {
    let found = BetaDistribution.quantile(probability, a, b)
    #expect(abs(found / expected - 1) < 1e-11, "\(found)")
  }

  @Test func `of one and one it is uniform, and the law of a power has a closed form`() {
    for x in [0.0, 0.125, 0.5, 0.75, 1] {
      #expect(abs(BetaDistribution.cumulative(x, 1, 1) - x) < 1e-15)
      #expect(abs(BetaDistribution.cumulative(x, 3, 1) - x * x * x) < 1e-15)
      #expect(abs(BetaDistribution.quantile(x, 1, 1) - x) < 1e-15)
    }
    #expect(BetaDistribution.cumulative(-1, 2, 2) == 0)
    #expect(BetaDistribution.cumulative(2, 2, 2) == 1)
  }

  @Test func `one undoes the other`() {
    for a in [0.3, 1, 7, 480] {
      for b in [0.5, 2, 60] {
        for probability in [1e-9, 0.025, 0.4, 0.975, 0.999_999] {
          let back = BetaDistribution.cumulative(
            BetaDistribution.quantile(probability, a, b), a, b)
          // Next to 1 the last bit of the quantile is all that tells it from its neighbours: I there moves by
          // √(2⁻⁵³ a) and more for b of ½.
          #expect(abs(back - probability) < 3e-7, "\(probability) of \(a), \(b): \(back)")
          if b >= 1 { #expect(abs(back / probability - 1) < 1e-11) }
        }
      }
    }
  }
}
