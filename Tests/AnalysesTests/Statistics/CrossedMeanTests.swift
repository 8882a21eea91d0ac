import Foundation
import Testing

@testable import Analyses

struct CrossedMeanTests {
  /// Twelve units under four replicates, by a formula.
  private static let values: [[Double]] = (0..<4).map { (s: Int) -> [Double] in
    (0..<12).map { (u: Int) -> Double in
      sin(Double(5 * u + 1)) + 0.3 * cos(Double(3 * s)) + 0.5 * sin(Double(7 * u * s + u))
    }
  }

  @Test func `plain values have the variance of their mean`() throws {
    let mean = try #require(CrossedMean([[[1, 2, 6]]]))
    // Σ (x − 3)² / 2 / 3.
    #expect(mean.mean == 3 && abs(mean.variance - 14.0 / 6) < 1e-14)
    #expect(abs(mean.degreesOfFreedom - 2) < 1e-12)
    #expect(CrossedMean([[[1]]]) == nil && CrossedMean([[[1], [2]]]) == nil)
  }

  @Test func `units that are alike leave the replicates`() throws {
    let mean = try #require(CrossedMean([[[1, 1, 1], [2, 2, 2]]]))
    // The replicates' means are 1 and 2: ½ / 2.
    #expect(mean.mean == 1.5 && mean.variance == 0.25 && mean.degreesOfFreedom == 1)
    let interval = try #require(mean.interval())
    // t of one degree of freedom is 12.7062.
    #expect(abs(interval.high - 1.5 - 6.3531) < 1e-4 && interval.method == .crossedT)
    #expect(CrossedMean([[[1, 1]]])?.interval() == nil)
    #expect(CrossedMean([[[1, .infinity]]])?.interval() == nil)
  }

  // statsmodels 0.15.0, anova_lm of ols("x ~ C(u) + C(s)"): mean squares 2.092926, 1.455242 and 0.095633;
  // (MSu + MSs − MSr) / 48 and Satterthwaite's degrees of freedom of it in NumPy 2.4.6, Student's t of SciPy
  // 1.17.1.
  @Test func `variance and interval agree with the analysis of variance`() throws {
    let mean = try #require(CrossedMean([Self.values]))
    #expect(abs(mean.mean - 0.046379643577459516) < 1e-12)
    #expect(abs(mean.variance - 0.07192781473546912) < 1e-12)
    #expect(abs(mean.degreesOfFreedom - 10.793195498022925) < 1e-9)
    let interval = try #require(mean.interval())
    #expect(abs(interval.low + 0.5452933898887888) < 1e-9)
    #expect(abs(interval.high - 0.6380526770437078) < 1e-9)
  }

  @Test func `a side of one replicate is as if it stood under all`() throws {
    let before = (0..<12).map { cos(Double(3 * $0)) }
    let apart = try #require(CrossedMean([[before], Self.values.map { $0.map { -$0 } }]))
    let together = try #require(
      CrossedMean([Self.values.map { zip(before, $0).map { $0 - $1 } }]))
    #expect(abs(apart.mean - together.mean) < 1e-14)
    #expect(abs(apart.variance - together.variance) < 1e-14)
    #expect(abs(apart.degreesOfFreedom - together.degreesOfFreedom) < 1e-9)
  }

  @Test func `strata count what is within them, and no order of anything matters`() throws {
    let strata = (0..<12).map { $0 % 3 }
    let weights = [Double](repeating: 1.0 / 12, count: 12)
    let values = [Self.values[0]]
    let mean = try #require(CrossedMean([values], weights: weights, strata: strata))
    // Three strata of four: (1/9) Σ s² / 4.
    let expected = (0..<3).reduce(0.0) { sum, stratum in
      let own = (0..<12).filter { $0 % 3 == stratum }.map { values[0][$0] }
      let middle = own.reduce(0, +) / 4
      return sum + own.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / 3 / 4 / 9
    }
    #expect(abs(mean.variance - expected) < 1e-14)
    // Strata of one unit each are plain units.
    let single = try #require(CrossedMean([values], weights: weights, strata: Array(0..<12)))
    let plain = try #require(CrossedMean([values]))
    #expect(abs(single.variance - plain.variance) < 1e-14)
    // One stratum of one unit goes with another.
    let odd = CrossedMean([values], weights: weights, strata: [3] + strata.dropFirst())
    #expect(try #require(odd).variance > 0)
    let order = (0..<12).map { 5 * $0 % 12 }
    let turned = try #require(
      CrossedMean(
        [[order.map { values[0][$0] }]], weights: weights, strata: order.map { strata[$0] }))
    #expect(abs(turned.variance - mean.variance) < 1e-14)
    #expect(abs(turned.degreesOfFreedom - mean.degreesOfFreedom) < 1e-9)
  }

  @Test func `what replicates undo is no negative variance`() throws {
    let mean = try #require(CrossedMean([[[1, 0], [0, 1]]]))
    #expect(mean.variance == 0 && mean.degreesOfFreedom >= 1)
  }
}
