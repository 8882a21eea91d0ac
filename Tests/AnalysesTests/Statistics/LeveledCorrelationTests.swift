import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct LeveledCorrelationTests {
  private let resampling = Resampling("permutations", replicates: 999, seed: 1)

  private func correlation(
    _ x: [[Double]], _ y: [[Double]], levels: [Int], _ scope: LeveledCorrelation.Scope,
    _ kind: RankCorrelation = .spearman
  ) throws -> LeveledCorrelation? {
    try LeveledCorrelation.of(
      x, y, levels: levels, scopes: [scope], correlation: kind,
      permutations: ClassPermutations(count: x.count, resampling: resampling))[0]?.correlation
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
    // Of 999 permutations none is as large but the 1 that is added.
    #expect(within.pValue == 0.001 && within.leastPValue == 0.001)
    #expect(within.interval == nil && within.intervalLack == .perfect)
    #expect(try #require(try correlation(x, y, levels: [0, 1, 2], .pooled)).estimate < 0)
    for level in 0..<3 {
      let one = try #require(try correlation(x, y, levels: [0, 1, 2], .level(level), .kendall))
      #expect(abs(one.estimate - 1) < 1e-14 && one.pValue == 0.001)
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
      x, y, levels: [0, 1, 2], scopes: scopes, correlation: kind,
      permutations: ClassPermutations(count: 20, resampling: resampling))
    #expect(
      try together.map { $0?.correlation }
        == scopes.map { try correlation(x, y, levels: [0, 1, 2], $0, kind) })
    let alone = LeveledCorrelation.estimates(
      x, y, levels: [0, 1, 2], scopes: scopes, correlation: kind)
    #expect(together.map { $0?.correlation.estimate } == alone)
    // There is no such level.
    #expect(together[4] == nil && together[0] != nil)
  }

  // scipy 1.x: the mean of spearmanr (kendalltau) of the first column and of the other two, tanh(atanh ± t.ppf(0.975,
  // 6) · SE) of the eight values without one row.
  @Test(arguments: [
    (RankCorrelation.spearman, 0.7922991472329578, 0.34379667790712953, 0.946469859346579),
    (.kendall, 0.6431317861809407, 0.22166673970535988, 0.8621304959100261),
  ])
  func `the interval is that of leaving one class out`(
    kind: RankCorrelation, estimate: Double, low: Double, high: Double
  ) throws {
    let x: [[Double]] = [
      [3, 10, 11], [1, 12, 15], [4, 9, 13], [1.5, 14, 12], [5, 8, 17], [9, 11, 10], [2, 7, 16],
      [6, 13, 9],
    ]
    let y = [
      [0.1, 0.5, 0.6], [0.2, 0.4, 0.6], [0.3, 0.5, 0.5], [0, 0.9, 0.7], [0.4, 0.3, 0.6],
      [0.5, 0.4, 0.2], [0.1, 0.2, 0.8], [0.3, 0.6, 0.3],
    ]
    let found = try #require(try correlation(x, y, levels: [0, 1, 1], .eachLevel, kind))
    #expect(abs(found.estimate - estimate) < 1e-12)
    let interval = try #require(found.interval)
    #expect(abs(interval.low - low) < 1e-9 && abs(interval.high - high) < 1e-9)
    #expect(interval.method == .jackknife && found.intervalLack == nil)
  }

  @Test func `where there is no interval it is said why`() throws {
    func lack(_ x: [Double], _ y: [Double]) throws -> LeveledCorrelation.IntervalLack? {
      let found = try #require(
        try correlation(x.map { [$0] }, y.map { [$0] }, levels: [0], .eachLevel))
      #expect((found.interval == nil) == (found.intervalLack != nil))
      return found.intervalLack
    }
    #expect(try lack([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]) == .fewClasses)
    #expect(try lack([1, 2, 3, 4, 5, 6], [1, 3, 2, 5, 4, 6]) == nil)
    // Without the last class the order is the same.
    #expect(try lack([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 1]) == .perfect)
    // Without the first class all of y is one number.
    #expect(try lack([3, 2, 1, 4, 5, 6], [1, 0, 0, 0, 0, 0]) == .undefined)
  }

  @Test func `of few classes all orders are tried`() throws {
    let x: [[Double]] = [[1], [2], [3], [4], [5]]
    let found = try #require(try correlation(x, x, levels: [0], .eachLevel))
    // The observed order and its reverse, of 5!.
    #expect(found.permutationCount == 120 && found.pValue == 2.0 / 120)
    #expect(abs(found.permutedMean) < 1e-12)
    // One class alone lost anything: each is as likely to be the one.
    let one = try #require(
      try correlation(x, [[0], [0], [0], [0], [1]], levels: [0], .eachLevel))
    #expect(one.pValue == 2.0 / 5 && one.leastPValue == 2.0 / 5)
  }

  /// Every sample made in full, numbers sorted again, as the definition says.
  @Test(arguments: RankCorrelation.allCases)
  func `permuted is what its numbers say`(kind: RankCorrelation) throws {
    let (x, y) = (unrelated(5, classes: 11), unrelated(6, classes: 11))
    // Equal numbers among them.
    let coarse = y.map { $0.map { $0.rounded() } }
    let permutations = ClassPermutations(count: 11, resampling: resampling)
    let found = try #require(
      try LeveledCorrelation.of(
        x, coarse, levels: [0, 0, 1], scopes: [.level(0)], correlation: kind,
        permutations: permutations)[0])
    let direct = permutations.orders.compactMap { order in
      kind.of(x.flatMap { $0[..<2] }, order.flatMap { coarse[$0][..<2] })
    }
    #expect(found.null == direct)
    #expect(
      found.correlation.permutedMean == direct.reduce(0, +) / Double(direct.count))
    let extreme = direct.count { abs($0) >= abs(found.correlation.estimate) - 1e-12 }
    #expect(found.correlation.pValue == Double(extreme + 1) / 1000)
  }

  @Test func `splits of one kind are that kind`() throws {
    let (x, y) = (unrelated(7, classes: 9), unrelated(8, classes: 9))
    let permutations = ClassPermutations(count: 9, resampling: resampling)
    let scopes: [LeveledCorrelation.Scope] = [.eachLevel, .level(1), .pooled]
    let plain = try LeveledCorrelation.of(
      x, y, levels: [0, 1, 1], scopes: scopes, correlation: .spearman, permutations: permutations)
    let splits = try LeveledCorrelation.of(
      splits: [(x, y), (x, y)], levels: [0, 1, 1], scopes: scopes, permutations: permutations)
    for (plain, split) in zip(plain, splits) {
      let (plain, split) = (try #require(plain), try #require(split))
      #expect(abs(plain.correlation.estimate - split.correlation.estimate) < 1e-12)
      #expect(plain.correlation.pValue == split.correlation.pValue)
      #expect(zip(plain.null, split.null).allSatisfy { abs($0 - $1) < 1e-12 })
      let ends = [plain, split].compactMap(\.correlation.interval)
      #expect(ends.count == 2 && abs(ends[0].low - ends[1].low) < 1e-9)
    }
  }

  @Test func `the mean over splits is permuted like any correlation`() throws {
    let splits = (0..<3).map {
      (x: unrelated(UInt64(20 + $0), classes: 6), y: unrelated(UInt64(30 + $0), classes: 6))
    }
    let permutations = ClassPermutations(count: 6, resampling: resampling)
    let found = try #require(
      try LeveledCorrelation.of(
        splits: splits, levels: [0, 1, 2], scopes: [.eachLevel], permutations: permutations)[0])
    #expect(permutations.isExact && found.null.count == 720)
    for (order, value) in zip(permutations.orders, found.null).prefix(50) {
      var sum = 0.0
      for split in splits {
        for level in 0..<3 {
          let (x, y) = (split.x.map { $0[level] }, order.map { split.y[$0][level] })
          sum += RankCorrelation.spearman.of(x, y) ?? 0
        }
      }
      #expect(abs(value - sum / 9) < 1e-12)
    }
  }

  @Test func `fewer classes are permuted with all`() {
    let all = ClassPermutations(count: 5, resampling: resampling)
    let some = all.orders(of: [0, 2, 4])
    // Each order of three comes as often as any other: 120 / 6 times.
    let counts = Dictionary(grouping: some) { $0 }.mapValues(\.count)
    #expect(counts.count == 6 && counts.values.allSatisfy { $0 == 20 })
    #expect(some[0] == [0, 1, 2])
    #expect(all.orders(of: [0, 1, 2, 3, 4]) == all.orders)
  }
}
