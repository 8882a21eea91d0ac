import Foundation
import LinearAlgebra
import Testing

@testable import Explorer

struct MatchStrengthTests {
  @Test(arguments: [3, 5, 16, 100, 3000])
  func `Of normal cosines the best stands out in few cases`(_ count: Int) {
    let cases = 300
    let strong = (0..<cases).count { seed in
      let scores = RandomStream(domain: "test/weak", seed: UInt64(seed)).normals(count: count)
        .map { 0.2 + 0.03 * $0 }
      return MatchStrength.standsOut(Double(scores.max() ?? 0), among: scores)
    }
    // Binomial, 5 of 100: 29 or more have a probability of 1e-3.
    #expect(strong < 29)
  }

  @Test(arguments: [10, 4]) func `A match of a tenth or a quarter of the images is none of chance`(
    _ part: Int
  ) {
    let noise = RandomStream(domain: "test/strong", seed: 3).normals(count: 1000)
    let scores = noise.enumerated().map { row, noise in
      0.2 + 0.01 * noise + (row % part == 0 ? 0.1 : 0)
    }
    let isLost = !MatchStrength.standsOut(Double(scores.max() ?? 0), among: scores)
    #expect(!isLost)
  }

  @Test func `Equal cosines are no match, and one that stands out of them is`() {

    #expect(!MatchStrength.standsOut(0.9, among: [Float](repeating: 0.9, count: 500)))

    #expect(
      MatchStrength.standsOut(0.9, among: [Float](repeating: 0.2, count: 500) + [0.9]))
    #expect(!MatchStrength.standsOut(0.9, among: [0.1, 0.9]))
    #expect(!MatchStrength.standsOut(0.9, among: []))
  }

  private func isMatch(_ query: [Float], _ set: IndexedRows) throws -> Bool {
    let strength = try MatchStrength(index: set.index, among: set.all, rows: set.float32)
    return try strength.isMatch(
      set.index.nearest(to: query, count: 15, among: set.all, rows: set.float32),
      rows: set.float32)
  }

  @Test(arguments: [2, 3, 7, 8, 40]) func `A text that goes with equal images matches none`(
    _ count: Int
  ) throws {
    let row = IndexedRows.random(1, 16)[0]
    let set = try IndexedRows([[Float]](repeating: row, count: count))
    #expect(try !isMatch(row, set))
    #expect(try !isMatch(IndexedRows.random(1, 16, seed: 1)[0], set))
  }

  @Test func `A text matches a cluster of eight, and none between the clusters`() throws {
    // Twelve clusters at the axes.
    let noise = IndexedRows.random(96, 12)
    let axes = (0..<12).map { axis in (0..<12).map { $0 == axis ? Float(1) : 0 } }
    let set = try IndexedRows(
      (0..<96).map { row in
        IndexedRows.unit(zip(axes[row % 12], noise[row]).map { $0 + 0.3 * $1 })
      })
    for axis in axes { #expect(try isMatch(axis, set)) }
    let between = IndexedRows.unit((0..<12).map { $0 < 8 ? 1 : 0 })
    #expect(try !isMatch(between, set))
  }
}
