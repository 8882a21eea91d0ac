import Foundation
import Testing

@testable import Analyses

struct NormalDistributionTests {
  // scipy.special.ndtri and ndtr, SciPy 1.17.1.
  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798409), (1e-10, -6.361340902404056),
    (0.001, -3.090232306167813), (0.025, -1.9599639845400545), (0.3, -0.5244005127080409),
    (0.4999, -0.0002506628300880075), (0.75, 0.6744897501960817), (0.975, 1.959963984540054),
    (0.999999999999, 7.0344869100478356),
  ])
  func `quantiles agree with the reference to rounding`(probability: Double, expected: Double) {
    let found = NormalDistribution.quantile(probability)
    #expect(abs(found - expected) < 4e-15 * max(abs(expected), 1), "\(found)")
  }

  @Test(arguments: [
    (-10.0, 7.61985302416047e-24), (-3, 0.0013498980316300933), (-1, 0.15865525393145707),
    (0.5, 0.6914624612740131), (2, 0.9772498680518208), (8, 0.9999999999999993),
  ])
  func `probabilities agree with the reference to rounding`(z: Double, expected: Double) {
    // The reference at −10 was printed from another erfc: both are right to some 60 ulp there.
    #expect(abs(NormalDistribution.cumulative(z) / expected - 1) < (z < -9 ? 2e-14 : 4e-15))
  }

  @Test func `one undoes the other, over the whole range`() {
    for exponent in stride(from: -300.0, through: -0.31, by: 0.37) {
      let probability = pow(10, exponent)
      let back = NormalDistribution.cumulative(NormalDistribution.quantile(probability))
      // A relative change of z by 1e-16 changes the probability by z² times as much.
      #expect(abs(back / probability - 1) < 1e-12, "\(probability)")
    }
  }

  @Test func `the ends and the middle`() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(abs(NormalDistribution.quantile(0.5)) < 1e-16)
    #expect(NormalDistribution.cumulative(0) == 0.5)
    #expect(NormalDistribution.cumulative(.infinity) == 1)
  }
}
