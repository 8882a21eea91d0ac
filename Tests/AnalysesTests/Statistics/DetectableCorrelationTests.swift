import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct DetectableCorrelationTests {
  private let resampling = Resampling("detectable", replicates: 400, seed: 1)

  private func smallest(
    _ classes: Int, critical: Double, _ kind: RankCorrelation = .spearman,
    y: (Int) -> Double = { cos(3 * Double($0)) }
  ) throws -> Double? {
    try DetectableCorrelation(classCount: classes, resampling: resampling).smallest(
      (0..<classes).map { [sin(7 * Double($0))] }, (0..<classes).map { [y($0)] }, levels: [0],
      scope: .eachLevel, correlation: kind, critical: critical)
  }

  @Test func `of one level it is what Fisher's z says`() throws {
    // Found in 80 % of cases: artanh ρ − 0.84 · 1.06 / √(K − 3) is the critical value (Fieller, Hartley and Pearson
    // 1957, doi:10.1093/biomet/44.3-4.470); the constant grows with ρ.
    for (classes, critical) in [(20, 0.45), (47, 0.29)] {
      let expected = tanh(atanh(critical) + 0.842 * (1.06 / Double(classes - 3)).squareRoot())
      let found = try #require(try smallest(classes, critical: critical))
      #expect(abs(found - expected) < 0.05, "\(found) and \(expected)")
    }
  }

  @Test func `it grows with the critical value, and is none where nothing would be found`() throws {
    let found = try [0.2, 0.4, 0.6, 0.8].map { try #require(try smallest(15, critical: $0)) }
    #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 } && found[0] > 0.2)
    #expect(try smallest(15, critical: 1) == nil)
    let kendall = try #require(try smallest(15, critical: 0.3, .kendall))
    #expect(kendall > 0.3 && kendall < 0.9)
    // One class alone lost anything: no order makes much of that.
    #expect(try smallest(15, critical: 0.6, y: { $0 == 3 ? 1 : 0 }) == nil)
  }

  @Test func `it is the same whatever the scale`() throws {
    let one = try smallest(12, critical: 0.5)
    #expect(try smallest(12, critical: 0.5, y: { 5 + exp(cos(3 * Double($0))) }) == one)
  }
}
