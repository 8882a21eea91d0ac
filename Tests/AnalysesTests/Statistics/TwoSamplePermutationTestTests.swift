import LinearAlgebra
import Testing

@testable import Analyses

struct TwoSamplePermutationTestTests {
  private let resampling = Resampling("test", replicates: 999, seed: 1)

  private func line(_ places: [Double]) -> Matrix<Double> {
    Matrix(places.map { a in places.map { abs(a - $0) } })
  }

  @Test func `two pairs on a line by hand`() throws {
    // {0, 1} and {10, 12}: 1/2 · 1 + 1/2 · 2. Of the three splits, each twice, the others lose
    // 1/2 (10 + 11) and 1/2 (12 + 9).
    let test = try TwoSamplePermutationTest(
      distances: line([0, 1, 10, 12]), firstCount: 2, resampling: resampling)
    #expect(test.isExact && test.loss == 1.5)
    #expect(test.pValue == 2.0 / 6)
    #expect(abs(test.meanLoss - (1.5 + 10.5 + 10.5) / 3) < 1e-12)
    // With squares: 1/2 (1 + 4).
    let squares = try TwoSamplePermutationTest(
      distances: line([0, 1, 10, 12]), firstCount: 2, exponent: 2, resampling: resampling)
    #expect(abs(squares.loss - 2.5) < 1e-12 && squares.pValue == 2.0 / 6)
  }

  @Test func `groups of unequal sizes by hand`() throws {
    // {0, 1}, {5, 6, 8}: 1/2 · 1 + (1 + 3 + 2) / 6. Ten splits, none better.
    let test = try TwoSamplePermutationTest(
      distances: line([0, 1, 5, 6, 8]), firstCount: 2, resampling: resampling)
    #expect(abs(test.loss - 1.5) < 1e-12 && test.pValue == 0.1)
  }

  @Test func `random ways agree with all of them`() throws {
    // 8 of 16 are 12,870 ways, gone through; 9 of 18 are 48,620, which are not.
    let places = (0..<16).map { (i: Int) -> Double in Double(i * 7 % 16) + (i < 8 ? 0 : 3) }
    let exact = try TwoSamplePermutationTest(
      distances: line(places), firstCount: 8, resampling: resampling)
    #expect(exact.isExact)
    let more = (0..<18).map { (i: Int) -> Double in Double(i * 7 % 18) + (i < 9 ? 0 : 3) }
    let few = try TwoSamplePermutationTest(
      distances: line(more), firstCount: 9,
      resampling: Resampling("few", replicates: 4000, seed: 1))
    let many = try TwoSamplePermutationTest(
      distances: line(more), firstCount: 9,
      resampling: Resampling("many", replicates: 16_000, seed: 2))
    #expect(!few.isExact && few.loss == many.loss)
    let deviation = (many.pValue * (1 - many.pValue) * (1 / 4000.0 + 1 / 16_000.0)).squareRoot()
    #expect(abs(few.pValue - many.pValue) < 4 * deviation)
  }

  @Test func `equal objects tell nothing`() throws {
    let test = try TwoSamplePermutationTest(
      distances: Matrix(rows: 6, columns: 6), firstCount: 3, resampling: resampling)
    #expect(test.pValue == 1 && test.loss == 0)
  }

  @Test func `what cannot be tested is refused`() {
    #expect(throws: AnalysisError.self) {
      try TwoSamplePermutationTest(
        distances: line([0, 1, 2]), firstCount: 2, resampling: resampling)
    }
    for bad in [-1, .infinity, .nan] as [Double] {
      var distances = line([0, 1, 2, 3])
      distances[1, 2] = bad
      #expect {
        try TwoSamplePermutationTest(distances: distances, firstCount: 2, resampling: resampling)
      } throws: {
        "\($0)".contains("objects 1 and 2")
      }
    }
  }
}
