import CKernels
import Foundation
import Testing

@testable import Analyses

struct MembershipCurveTests {
  // umap-learn 0.5.12, find_ab_params(spread, min_dist).
  @Test(arguments: [
    (1, 0.1, 1.5769434602697652, 0.8950608778515733),
    (1, 0, 1.93280839734315, 0.7904949732233831),
    (1, 0.25, 1.1214363422305684, 1.057499876683671),
    (1, 0.5, 0.5830300203414425, 1.3341669924314914),
    (1, 0.99, 0.11930529992407873, 1.9163904168802517),
    (1, 1, 0.11497568327441922, 1.929237144081752),
    (2, 0.1, 0.5446605399418663, 0.8420554268341789),
    (0.5, 0.25, 3.70629020242107, 1.3341672468456258),
    (5, 1, 0.04999630775526982, 1.0030054322546282),
  ])
  func `it is the curve that umap-learn fits`(
    _ known: (spread: Double, minimumDistance: Double, a: Double, b: Double)
  ) {
    let curve = MembershipCurve(minimumDistance: known.minimumDistance, spread: known.spread)
    #expect(abs(curve.scale - known.a) < 2e-5 * known.a)
    #expect(abs(curve.exponent - known.b) < 2e-5 * known.b)
  }

  @Test(arguments: [0.05, 0.79, 0.895, 1, 1.33, 1.93] as [Float])
  func `the fast power is a power`(_ exponent: Float) {
    let bases = (-400...400).map { Float(exp2(Double($0) / 8 * 0.99 + 0.013)) }
    var powers = [Float](repeating: 0, count: bases.count)
    unsafe kernel_power(bases.count, bases, exponent, &powers)
    for (base, power) in zip(bases, powers) {
      let expected = pow(Double(base), Double(exponent))
      #expect(abs(Double(power) - expected) < 1e-5 * expected)
    }
  }
}
