import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct PermutationFamilyTests {
  private let resampling = Resampling("family", replicates: 199, seed: 1)

  private func tests(
    _ measures: [[Double]], _ y: [Double], _ permutations: ClassPermutations,
    among classes: [[Int]]? = nil
  ) throws -> [LeveledCorrelation.Permuted] {
    try measures.enumerated().compactMap { index, x in
      let chosen = classes?[index] ?? Array(y.indices)
      return try LeveledCorrelation.of(
        chosen.map { [x[$0]] }, chosen.map { [y[$0]] }, levels: [0], scopes: [.eachLevel],
        correlation: .spearman, permutations: permutations, among: chosen)[0]
    }
  }

  @Test func `one test is not corrected, and twice the same counts once`() throws {
    let permutations = ClassPermutations(count: 12, resampling: resampling)
    let y = (0..<12).map { Double($0) }
    let x = y.map { $0 + 6 * sin(2 * $0) }
    let one = try tests([x], y, permutations)
    let p = one[0].correlation.pValue
    #expect(p > 0.005 && p < 0.2)
    let alone = PermutationFamily(one, isExact: false)
    #expect(alone.adjusted == [p] && alone.holm == [p])
    let both = PermutationFamily(one + one, isExact: false)
    #expect(both.adjusted == [p, p] && both.holm == [2 * p, 2 * p])
  }

  @Test func `a correlation above the critical value is one of a small p`() throws {
    let permutations = ClassPermutations(count: 10, resampling: resampling)
    let stream = RandomStream(domain: "test/family", seed: 1).normals(count: 40)
    let y = stream[..<10].map { Double($0) }
    let measures = (1..<4).map { row in (0..<10).map { Double(stream[10 * row + $0]) } }
    let family = try tests(measures, y, permutations)
    let critical = try #require(PermutationFamily(family, isExact: false).critical)
    let maxima = (0..<199).map { draw in family.map { abs($0.null[draw]) }.max() ?? 0 }
    // (b + 1) / 200 ≤ 0.05 for b of nine draws at most.
    #expect(maxima.count { $0 > critical } <= 9 && maxima.count { $0 >= critical } >= 10)
  }

  @Test func `what no order could make small is not tested, and is no burden`() throws {
    let permutations = ClassPermutations(count: 5, resampling: resampling)
    #expect(permutations.isExact)
    let y: [Double] = [1, 2, 3, 4, 5]
    let full: [Double] = [1, 2, 3, 4, 5]
    // One class apart: its largest correlation comes in 2 of 5 orders.
    let tied: [Double] = [0, 0, 0, 0, 1]
    let family = PermutationFamily(try tests([full, tied], y, permutations), isExact: true)
    #expect(family.adjusted == [2.0 / 120, nil] && family.holm == [2.0 / 120, nil])
    // Five measures of different orders: ten of 120 orders are as large as any of them could be.
    let several = PermutationFamily(
      try tests(
        [full, [2, 1, 3, 4, 5], [1, 3, 2, 4, 5], [1, 2, 4, 3, 5], [1, 2, 3, 5, 4]], y, permutations),
      isExact: true)
    #expect(several.adjusted.allSatisfy { $0 == nil } && several.critical == nil)
    #expect(PermutationFamily([], isExact: true).adjusted.isEmpty)
  }

  @Test func `Holm's is left out where no p could pass it`() throws {
    let permutations = ClassPermutations(
      count: 12, resampling: Resampling("few", replicates: 39, seed: 1))
    let y = (0..<12).map { Double($0) }
    let family = PermutationFamily(
      try tests([y, y.map { sin(5 * $0) }, y.map { cos(7 * $0) }], y, permutations), isExact: false)
    // The least p is 1 / 40, and times three that is above 0.05.
    #expect(family.adjusted[0] == 1.0 / 40 && family.holm == [nil, nil, nil])
  }

  @Test func `measures of fewer classes share the orders`() throws {
    let permutations = ClassPermutations(count: 12, resampling: resampling)
    let y = (0..<12).map { Double($0) }
    let x = y.map { $0 + 3 * sin($0) }
    let family = try tests(
      [x, x], y, permutations, among: [Array(0..<12), Array(0..<11)])
    let (all, fewer) = (family[0].null, family[1].null)
    // They go together: the same classes are given each other in both.
    let together = RankCorrelation.spearman.of(all, fewer) ?? 0
    #expect(together > 0.7)
  }
}
