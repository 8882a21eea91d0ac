import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct PartialRankCorrelationTests {
  private let permutations = Resampling("permutations", replicates: 199, seed: 1)

  private func correlations(
    _ world: ReferenceWorld, permutations: Resampling? = nil
  ) throws -> [PartialRankCorrelation?] {
    try PartialRankCorrelation.of(
      world.measures, outcome: world.outcome, covariates: world.references, levels: world.levels,
      permutations: permutations ?? self.permutations)
  }

  /// Numbers of 20 classes under two seeds of three levels, as the oracle has them.
  private func made(_ value: (_ label: Double, _ condition: Double) -> Double) -> [[Double]] {
    (0..<20).map { label in (0..<6).map { value(Double(label), Double($0)) } }
  }

  // MARK: By hand

  @Test func `of one covariate it is the formula of three correlations`() throws {
    let world = ReferenceWorld(
      classes: 20, levels: 1, references: 1, measures: 1, effect: 0.3, seed: 1)
    let (x, y) = (world.measures[0].map { $0[0] }, world.outcome.map { $0[0] })
    let z = world.references[0].map { $0[0] }
    func spearman(_ a: [Double], _ b: [Double]) throws -> Double {
      try #require(RankCorrelation.spearman.of(a, b))
    }
    let (xy, xz, yz) = (try spearman(x, y), try spearman(x, z), try spearman(y, z))
    let expected = (xy - xz * yz) / ((1 - xz * xz) * (1 - yz * yz)).squareRoot()
    let found = try #require(try correlations(world)[0])
    #expect(abs(found.estimate - expected) < 1e-12)
    #expect(found.classCount == 20 && found.permutations == 199)
  }

  @Test
  func `without covariates and with one condition a level it is the correlation within levels`()
    throws
  {
    let world = ReferenceWorld(
      classes: 15, levels: 3, references: 0, measures: 2, effect: 0.5, seed: 2)
    let found = try correlations(world)
    for (measure, found) in zip(world.measures, found) {
      let each = try (0..<3).map { level in
        try #require(
          RankCorrelation.spearman.of(
            measure.map { $0[level] }, world.outcome.map { $0[level] }))
      }
      let estimate = try #require(found).estimate
      #expect(abs(estimate - each.reduce(0, +) / 3) < 1e-12)
    }
  }

  @Test func `what the covariates say in full has no correlation`() throws {
    let world = ReferenceWorld(
      classes: 15, levels: 2, references: 2, measures: 1, effect: 0, seed: 3)
    let measures = [world.references[0], world.measures[0]]
    let found = try PartialRankCorrelation.of(
      measures, outcome: world.outcome, covariates: world.references, levels: world.levels,
      permutations: permutations)
    #expect(found[0] == nil && found[1] != nil)
  }

  @Test func `below covariates and five classes nothing is said, below twelve more no interval`()
    throws
  {
    func found(_ classes: Int) throws -> PartialRankCorrelation? {
      try correlations(
        ReferenceWorld(
          classes: classes, levels: 2, references: 2, measures: 1, effect: 0, seed: 4))[0]
    }
    #expect(try found(6) == nil)
    #expect(try #require(try found(7)).intervalLack == .fewClasses)
    #expect(try #require(try found(13)).interval == nil)
    #expect(try #require(try found(14)).interval?.method == .jackknife)
    #expect(try #require(try found(14)).intervalLack == nil)
  }

  @Test func `a correlation of 1 has no interval`() throws {
    let world = ReferenceWorld(
      classes: 20, levels: 2, references: 1, measures: 1, effect: 0, seed: 5)
    let found = try PartialRankCorrelation.of(
      [world.outcome], outcome: world.outcome, covariates: world.references, levels: world.levels,
      permutations: permutations)[0]
    let one = try #require(found)
    #expect(abs(one.estimate - 1) < 1e-12 && one.intervalLack == .extreme)
    #expect(one.pValue == 1.0 / 200 && one.adjusted == 1.0 / 200)
  }

  @Test func `few orders are all taken, and too few permutations test nothing`() throws {
    let world = ReferenceWorld(
      classes: 6, levels: 2, references: 1, measures: 2, effect: 0, seed: 6)
    let all = try #require(
      try correlations(world, permutations: Resampling("all", replicates: 4999, seed: 0))[0])
    #expect(all.permutations == 720 && (all.pValue * 720).rounded() == all.pValue * 720)
    let few = try #require(
      try correlations(world, permutations: Resampling("few", replicates: 9, seed: 0))[0])
    #expect(few.adjusted == nil && few.pValue >= 0.1)
  }

  // MARK: Known answers

  /// As by scipy and numpy.
  ///
  /// scipy 1.17.1 (`rankdata`, `t.ppf`) and numpy 2.4.6 (`lstsq`): ranks within a level, residuals of each
  /// condition on an intercept and the ranks of two covariates, Pearson's correlation of a level's
  /// residuals, the mean of three levels; z of 20 samples with a class left out, t of 16 degrees of
  /// freedom. To 1e-9.
  @Test func `two seeds of three levels with ties as by scipy`() throws {
    func sine(_ label: Double, _ condition: Double, _ a: Double) -> Double {
      sin(1.7 * label * label + 0.9 * a * condition + 2.3 * a * label + 0.6 * a)
    }
    let covariates = [made { sine($0, $1, 1) }, made { label, _ in sine(label, 0, 2) }]
    func measure(_ a: Double) -> [[Double]] { made { sine($0, $1, a) + 0.5 * sine($0, $1, 1) } }
    let second = measure(4)
    let outcome = (0..<20).map { label in
      (0..<6).map { condition in
        let (c, k) = (Double(label), Double(condition))
        let value =
          (k + 1)
          * (0.6 * covariates[0][label][condition] + 0.3 * covariates[1][label][condition]
            + 0.5 * second[label][condition] + 0.8 * sine(c, k, 7))
        return (2 * value).rounded(.toNearestOrEven) / 2
      }
    }
    let found = try PartialRankCorrelation.of(
      [measure(3), second], outcome: outcome, covariates: covariates, levels: [0, 0, 1, 1, 2, 2],
      permutations: permutations)
    let expected = [
      (-0.033493667341676144, -0.32418553490579105, 0.2629777754839686),
      (0.517959459539076, 0.35131610248721284, 0.6527925966310836),
    ]
    for (found, expected) in zip(found, expected) {
      let found = try #require(found)
      let interval = try #require(found.interval)
      #expect(abs(found.estimate - expected.0) < 1e-9)
      #expect(abs(interval.low - expected.1) < 1e-9 && abs(interval.high - expected.2) < 1e-9)
    }
  }

  // MARK: Invariants

  /// The residuals of every level given to other classes, and the spread that they lost given back.
  @Test func `a permutation gives residuals to other classes, stretched`() throws {
    let world = ReferenceWorld(
      classes: 12, levels: 2, references: 2, measures: 2, effect: 0.4, seed: 7)
    let classes = Array(0..<12)
    let ranks = LeveledPartialRanks(
      world.outcome, covariates: world.references, levels: world.levels, classes: classes)
    let measures = world.measures.map(ranks.residuals)
    func ranked(_ values: [[Double]], _ level: Int) -> [Double] {
      RankCorrelation.places(values.map { $0[level] }).map { Double($0) }
    }
    for part in 0..<5 {
      let order = permutations.stream("orders").order(12, part: part)
      let found = ranks.permuted(measures, order: order)
      for (index, measure) in world.measures.enumerated() {
        let each = world.levels.map { level in
          let span = CovariateSpan(
            world.references.map { ranked($0, level) }, count: 12)
          let own = span.residual(ranked(world.outcome, level))
          let x = span.residual(ranked(measure, level))
          let norm = CovariateSpan.dot(own, own) * CovariateSpan.dot(x, x)
          return (11.0 / 9).squareRoot() * CovariateSpan.dot(order.map { own[$0] }, x)
            / norm.squareRoot()
        }
        #expect(abs(found[index] - abs(each.reduce(0, +) / 2)) < 1e-12)
      }
    }
  }

  @Test func `only order counts, of covariates too, and the order of classes does not`() throws {
    let world = ReferenceWorld(
      classes: 18, levels: 2, references: 2, measures: 1, effect: 0.4, seed: 8)
    let first = try #require(try correlations(world)[0])
    func monotone(_ values: [[Double]]) -> [[Double]] { values.map { $0.map { exp($0 / 10) } } }
    let second = try #require(
      try PartialRankCorrelation.of(
        world.measures.map(monotone), outcome: monotone(world.outcome),
        covariates: world.references.map(monotone), levels: world.levels,
        permutations: permutations)[0])
    #expect(first == second)
    let third = try #require(
      try PartialRankCorrelation.of(
        world.measures.map { $0.reversed() }, outcome: world.outcome.reversed(),
        covariates: world.references.map { $0.reversed() }, levels: world.levels,
        permutations: permutations)[0])
    #expect(abs(third.estimate - first.estimate) < 1e-12)
  }

  @Test func `an adjusted p is at least the p, and that of one measure is it`() throws {
    let world = ReferenceWorld(
      classes: 20, levels: 3, references: 3, measures: 6, effect: 0.2, seed: 9)
    for found in try correlations(world) {
      let found = try #require(found)
      #expect(try #require(found.adjusted) >= found.pValue)
    }
    let one = try #require(
      try PartialRankCorrelation.of(
        [world.measures[0]], outcome: world.outcome, covariates: world.references,
        levels: world.levels, permutations: permutations)[0])
    #expect(one.adjusted == one.pValue)
  }

  @Test func `the same on any number of threads, and it can be stopped`() throws {
    let world = ReferenceWorld(
      classes: 16, levels: 2, references: 2, measures: 3, effect: 0.2, seed: 10)
    #expect(try correlations(world) == correlations(world))
    #expect(throws: CancellationError.self) {
      try PartialRankCorrelation.of(
        world.measures, outcome: world.outcome, covariates: world.references,
        levels: world.levels, permutations: permutations,
        control: ComputationControl { true })
    }
  }

  // MARK: Simulations

  /// Measures that go with the outcome by the references alone.
  ///
  /// 5 % of p-values, and of families' least
  /// adjusted ones, are 5 % or less. Of 19 permutations p can be 1 / 20, which says as much of the size.
  @Test(arguments: [10, 20, 47])
  func `size`(classes: Int) throws {
    let worlds = 100 * ReferenceWorld.factor
    let draws = ReferenceWorld.factor > 1 ? 99 : 19
    var alone = 0
    var families = 0
    let found = try Parallel.tryMap(count: worlds) { world in
      try correlations(
        ReferenceWorld(
          classes: classes, levels: 3, references: 4, measures: 4, effect: 0,
          isCoarse: world % 2 == 0, seed: world),
        permutations: Resampling("size", replicates: draws, seed: UInt64(world))
      ).compactMap(\.self)
    }
    for world in found {
      if world[0].pValue <= 0.05 { alone += 1 }
      if world.contains(where: { ($0.adjusted ?? 1) <= 0.05 }) { families += 1 }
    }
    for (name, count) in [("partial size", alone), ("partial family error", families)] {
      let share = Double(count) / Double(worlds)
      ReferenceWorld.report("\(name), \(classes) classes", share, worlds)
      #expect(share <= 0.05 + ReferenceWorld.slack(0.05, worlds))
    }
  }

  /// The correlation without covariates finds such measures nearly always: what the covariates are for.
  @Test func `without the covariates the same measures are found`() throws {
    let worlds = 40
    let share = try ReferenceWorld.share(of: worlds) { world in
      let made = ReferenceWorld(
        classes: 47, levels: 3, references: 4, measures: 1, effect: 0, seed: world)
      let found = try PartialRankCorrelation.of(
        made.measures, outcome: made.outcome, covariates: [], levels: made.levels,
        permutations: Resampling("plain", replicates: 19, seed: UInt64(world)))
      return try #require(found[0]).pValue <= 0.05
    }
    #expect(share > 0.6)
  }

  /// What the interval has to hold is the correlation of 20,000 classes.
  @Test(arguments: [16, 20, 47], [0, 0.5])
  func `coverage`(classes: Int, effect: Double) throws {
    @Sendable func world(_ classes: Int, _ seed: Int) -> ReferenceWorld {
      ReferenceWorld(
        classes: classes, levels: 3, references: 4, measures: 1, effect: effect, seed: seed)
    }
    let large = world(20_000, 1_000_000)
    let ranks = LeveledPartialRanks(
      large.outcome, covariates: large.references, levels: large.levels,
      classes: Array(0..<20_000))
    let truth = try #require(ranks.correlation(ranks.residuals(large.measures[0])))
    let worlds = 60 * ReferenceWorld.factor
    let share = try ReferenceWorld.share(of: worlds) { seed in
      let found = try correlations(
        world(classes, seed), permutations: Resampling("coverage", replicates: 1, seed: 0))[0]
      guard let interval = found?.interval else { return false }
      return interval.low <= truth && truth <= interval.high
    }
    ReferenceWorld.report("partial coverage, \(classes) classes, ρ = \(truth)", share, worlds)
    #expect(share >= 0.94 - ReferenceWorld.slack(0.05, worlds))
    #expect(share <= 0.985 + ReferenceWorld.slack(0.03, worlds))
  }
}
