import Foundation
import Testing

@testable import Analyses

struct DetectableCorrelationTests {
  private func null(_ classes: Int, _ kind: RankCorrelation = .spearman) throws -> [Double] {
    let numbers = (0..<classes).map { [sin(7 * Double($0))] }
    return try #require(
      try LeveledCorrelation.of(
        numbers, numbers, levels: [0], scopes: [.eachLevel], correlation: kind,
        permutations: ClassPermutations(
          count: classes, resampling: Resampling("null", replicates: 4999, seed: 1)))[0]
    ).null
  }

  // Fieller, Hartley and Pearson 1957: on the scale of artanh the variance of ρ is 1.06 / (K − 3), that of τ
  // 0.437 / (K − 4).
  @Test(arguments: [20, 47])
  func `of one order it is what Fisher's z says`(classes: Int) throws {
    for (kind, variance) in [
      (RankCorrelation.spearman, 1.06 / Double(classes - 3)),
      (.kendall, 0.437 / Double(classes - 4)),
    ] {
      let expected = tanh(atanh(0.4) + 0.8416 * variance.squareRoot())
      let found = try #require(
        DetectableCorrelation.smallest(null: try null(classes, kind), critical: 0.4))
      #expect(abs(found - expected) < 0.015, "\(kind): \(found) and \(expected)")
    }
  }

  @Test func `it grows with the critical value, and is none where nothing would be found`() throws {
    let null = try null(15)
    let found = try [0.2, 0.4, 0.6, 0.8].map {
      try #require(DetectableCorrelation.smallest(null: null, critical: $0))
    }
    #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 } && found[0] > 0.2)
    #expect(found[3] < 1)
    #expect(DetectableCorrelation.smallest(null: null, critical: 1) == nil)
    #expect(DetectableCorrelation.smallest(null: [], critical: 0.3) == nil)
    #expect(DetectableCorrelation.smallest(null: [1, -1], critical: 0.3) == nil)
  }
}
