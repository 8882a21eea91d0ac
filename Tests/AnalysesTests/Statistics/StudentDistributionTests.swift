import Testing

@testable import Analyses

struct StudentDistributionTests {
  // scipy.stats.t.ppf, SciPy 1.17.1.
  @Test(arguments: [
    (0.975, 1.0, 12.706204736174694), (0.975, 2, 4.302652729749462),
    (0.975, 8, 2.306004135204166), (0.975, 45, 2.014103388880846),
    (0.975, 3.7, 2.8675207071911895), (0.6, 0.3, 0.5023012820593052),
    (1e-12, 5, -393.95695957760375), (0.975, 1_000_000, 1.959966356814107),
  ])
  func `quantiles agree with the reference`(
    probability: Double, degreesOfFreedom: Double, expected: Double
  ) {
    let found = StudentDistribution.quantile(probability, degreesOfFreedom: degreesOfFreedom)
    #expect(abs(found / expected - 1) < 1e-10, "\(found)")
  }

  @Test func `near the middle the density decides`() {
    // p − ½ = ⅜ t (1 − 5 t² / 24 + …) of four degrees of freedom; SciPy 1.17.1 is 2e-9 off.
    let t = StudentDistribution.quantile(0.5001, degreesOfFreedom: 4)
    #expect(abs(0.375 * t * (1 - 5 * t * t / 24) / 0.0001 - 1) < 1e-11, "\(t)")
  }

  // scipy.stats.t.cdf, SciPy 1.17.1.
  @Test(arguments: [
    (2.0, 3.0, 0.9303370157205785), (-12, 4.5, 6.891598826636523e-05),
    (0.1, 100_000, 0.5398277370466369), (30, 2, 0.9994453686590201),
  ])
  func `probabilities agree with the reference`(
    t: Double, degreesOfFreedom: Double, expected: Double
  ) {
    let found = StudentDistribution.cumulative(t, degreesOfFreedom: degreesOfFreedom)
    #expect(abs(found / expected - 1) < 1e-12 + 1e-15 * degreesOfFreedom, "\(found)")
  }

  @Test func `one degree of freedom is Cauchy's law, infinitely many the normal one`() {
    // tan(π (p − ½)) at ¾ is 1.
    #expect(abs(StudentDistribution.quantile(0.75, degreesOfFreedom: 1) - 1) < 1e-12)
    #expect(
      StudentDistribution.quantile(0.9, degreesOfFreedom: .infinity)
        == NormalDistribution.quantile(0.9))
    #expect(StudentDistribution.quantile(0.5, degreesOfFreedom: 3) == 0)
    #expect(StudentDistribution.quantile(0, degreesOfFreedom: 3) == -.infinity)
    #expect(StudentDistribution.cumulative(.infinity, degreesOfFreedom: 3) == 1)
  }
}
