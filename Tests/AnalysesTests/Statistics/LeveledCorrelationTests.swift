import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct LeveledCorrelationTests {
  private let permutations = Resampling("permutations", replicates: 999, seed: 1)
  private let replicates = Resampling("bootstrap", replicates: 499, seed: 1)

  private func correlation(
    _ x: [[Double]], _ y: [[Double]], levels: [Int], _ scope: LeveledCorrelation.Scope,
    _ kind: RankCorrelation = .spearman
  ) throws -> LeveledCorrelation? {
    try LeveledCorrelation.of(
      x, y, levels: levels, scopes: [scope], correlation: kind, permutations: permutations,
      replicates: replicates)[0]
  }

  /// Numbers of classes that grow with the level and otherwise have nothing to do with each other.
  private func unrelated(_ name: UInt64, classes: Int = 20) -> [[Double]] {
    let noise = RandomStream(domain: "test/unrelated", seed: name).normals(count: 3 * classes)
    return (0..<classes).map { c in (0..<3).map { 10 * Double($0) + Double(noise[3 * c + $0]) } }
  }

  /// Values of classes at levels.
  private func grid(
    _ classes: Int, _ levels: Int, _ value: (_ label: Int, _ level: Int) -> Double
  ) -> [[Double]] {
    (0..<classes).map { label in (0..<levels).map { value(label, $0) } }
  }

  @Test func `what grows with the level is correlated when pooled, and not within levels`() throws {
    let (x, y) = (unrelated(1), unrelated(2))
    let pooled = try #require(try correlation(x, y, levels: [0, 1, 2], .pooled))
    #expect(pooled.estimate > 0.85)
    // Classes that are permuted have the same correlation: nothing of it belongs to classes.
    #expect(pooled.permutedMean > 0.85 && pooled.pValue > 0.05)
    let within = try #require(try correlation(x, y, levels: [0, 1, 2], .eachLevel))
    #expect(abs(within.estimate) < 0.4 && abs(within.permutedMean) < 0.05)
    #expect(within.pValue > 0.05 && within.classCount == 20)
    let interval = try #require(within.interval)
    #expect(interval.low < 0 && interval.high > 0)
  }

  @Test func `a correlation of classes is found within levels`() throws {
    // Levels move x up and y down; classes move both alike.
    let x = grid(12, 3) { Double($0) + 100 * Double($1) }
    let y = grid(12, 3) { Double($0 * $0) - 1000 * Double($1) }
    let within = try #require(try correlation(x, y, levels: [0, 1, 2], .eachLevel))
    #expect(abs(within.estimate - 1) < 1e-14)
    // Of 999 permutations none is as high but the 1 that is added: twice 1 / 1000.
    #expect(within.pValue == 0.002)
    #expect(try #require(try correlation(x, y, levels: [0, 1, 2], .pooled)).estimate < 0)
    for level in 0..<3 {
      let one = try #require(try correlation(x, y, levels: [0, 1, 2], .level(level), .kendall))
      #expect(abs(one.estimate - 1) < 1e-14 && one.pValue == 0.002)
    }
  }

  @Test func `each level is the mean of the levels, and two seeds are one level`() throws {
    let x = grid(9, 4) { sin(Double(4 * $0 + $1)) }
    let y = grid(9, 4) { cos(Double(5 * $0 + 2 * $1)) }
    let levels = [7, 7, 9, 9]
    let estimates = try [LeveledCorrelation.Scope.level(7), .level(9)].map {
      try #require(try correlation(x, y, levels: levels, $0)).estimate
    }
    let each = try #require(try correlation(x, y, levels: levels, .eachLevel))
    #expect(abs(each.estimate - (estimates[0] + estimates[1]) / 2) < 1e-15)
    let direct = RankCorrelation.spearman.of(x.flatMap { $0[..<2] }, y.flatMap { $0[..<2] })
    #expect(estimates[0] == direct)
  }

  @Test func `seeds of one class stay together under the null`() throws {
    // Every class four times alike: a permutation of single rows would find a p of about 1e-3.
    let classes = (0..<8).map { (c: Int) -> Double in sin(3 * Double(c)) }
    let others = classes.indices.map { (c: Int) -> Double in classes[c] + 0.9 * cos(11 * Double(c))
    }
    let once = try #require(
      try correlation(classes.map { [$0] }, others.map { [$0] }, levels: [0], .level(0)))
    let fourfold = try #require(
      try correlation(
        classes.map { [$0, $0, $0, $0] }, others.map { [$0, $0, $0, $0] }, levels: [0, 0, 0, 0],
        .level(0)))
    #expect(abs(once.estimate - fourfold.estimate) < 1e-12)
    #expect(once.pValue == fourfold.pValue)
  }

  @Test func `what never changes has no correlation, and a level without one is left out`() throws {
    let x: [[Double]] = [[1, 1], [1, 2], [1, 3]]
    let y: [[Double]] = [[1, 1], [2, 2], [3, 3]]
    #expect(try correlation(x, y, levels: [0, 1], .level(0)) == nil)
    let left = try #require(try correlation(x, y, levels: [0, 1], .eachLevel)).estimate
    #expect(abs(left - 1) < 1e-14)
    #expect(try correlation([[1]], [[1]], levels: [0], .pooled) == nil)
  }

  @Test(arguments: RankCorrelation.allCases)
  func `scopes together are what each is by itself`(kind: RankCorrelation) throws {
    let (x, y) = (unrelated(3), unrelated(4))
    let scopes: [LeveledCorrelation.Scope] = [.level(2), .eachLevel, .pooled, .level(0), .level(7)]
    let together = try LeveledCorrelation.of(
      x, y, levels: [0, 1, 2], scopes: scopes, correlation: kind, permutations: permutations,
      replicates: replicates)
    #expect(try together == scopes.map { try correlation(x, y, levels: [0, 1, 2], $0, kind) })
    // There is no such level.
    #expect(together[4] == nil && together[0] != nil)
  }

  /// Every sample made in full, numbers sorted again, as the definition says.
  @Test(arguments: RankCorrelation.allCases)
  func `permuted and drawn again are what their numbers say`(kind: RankCorrelation) throws {
    let (x, y) = (unrelated(5, classes: 11), unrelated(6, classes: 11))
    // Equal numbers among them.
    let coarse = y.map { $0.map { $0.rounded() } }
    let result = try #require(try correlation(x, coarse, levels: [0, 0, 1], .level(0), kind))
    @Sendable func value(_ own: [Int], _ other: [Int]) -> Double? {
      kind.of(own.flatMap { x[$0][..<2] }, other.flatMap { coarse[$0][..<2] })
    }
    let classes = Array(0..<11)
    let permuted = (0..<permutations.replicates).compactMap { replicate in
      value(classes, permutations.stream("permuted classes").order(11, part: replicate))
    }
    #expect(result.permutedMean == permuted.reduce(0, +) / Double(permuted.count))
    let bootstrap = BootstrapDistribution.of(units: 11, resampling: replicates) { counts in
      let drawn = classes.flatMap { [Int](repeating: $0, count: Int(counts[$0])) }
      return value(drawn, drawn)
    }
    #expect(result.interval == bootstrap?.acceleratedInterval() && result.interval != nil)
  }
}
