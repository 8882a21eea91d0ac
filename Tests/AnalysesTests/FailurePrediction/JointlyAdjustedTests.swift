import LinearAlgebra
import Testing

@testable import Analyses

struct JointlyAdjustedTests {
  private let resampling = Resampling("test", replicates: 9_999, seed: 1)

  @Test func `one test alone is not corrected, and tests that are one are corrected by nothing`() {
    #expect(resampling.jointlyAdjusted(pValues: [0.03], influences: [[1, -1]]) == [0.03])
    #expect(resampling.jointlyAdjusted(pValues: [], influences: []) == [])
    let same = resampling.jointlyAdjusted(
      pValues: [0.03, 0.03, 0.03], influences: [[1, -1, 2], [2, -2, 4], [-1, 1, -2]])
    // Three Monte Carlo errors of 9,999 draws.
    #expect(same.allSatisfy { (0.03...0.0352).contains($0) })
  }

  @Test func `independent tests are corrected as Šidák says, step by step`() {
    // Influences at right angles are independent draws.
    let influences = (0..<4).map { test in (0..<4).map { $0 == test ? 1.0 : 0 } }
    let adjusted = resampling.jointlyAdjusted(
      pValues: [0.2, 0.01, 0.5, 0.04], influences: influences)
    let expected = [0.36, 0.0394, 0.5, 0.1153]
    for (p, right) in zip(adjusted, expected) { #expect(abs(p - right) < 0.015) }
    #expect(adjusted[1] < adjusted[3] && adjusted[3] < adjusted[0] && adjusted[0] <= adjusted[2])
  }

  @Test func `a p-value of 0 is that of the fewest draws`() {
    let adjusted = resampling.jointlyAdjusted(
      pValues: [0, 1], influences: [[1, 0, -1], [0, 1, -1]])
    #expect(adjusted == [0.0001, 1])
    #expect(
      resampling.jointlyAdjusted(pValues: [0, 1], influences: [[1, 0, -1], [0, 1, -1]])
        == adjusted)
  }
}
