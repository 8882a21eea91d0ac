import LinearAlgebra
import Testing

@testable import Analyses

struct IncrementalRSquaredTests {
  private func added(
    _ world: ReferenceWorld, strata: [Int]? = nil, permutations: Int = 99,
    seed: UInt64 = 1
  ) throws -> IncrementalRSquared? {
    try IncrementalRSquared.of(
      outcome: world.outcome, references: world.references, further: world.measures,
      strata: strata ?? world.levels,
      permutations: Resampling("added", replicates: permutations, seed: seed))
  }

  @Test func `what adds is found, and what does not adds nothing`() throws {
    func world(_ effect: Double) -> ReferenceWorld {
      ReferenceWorld(
        classes: 47, levels: 3, references: 4, measures: 6, effect: effect, seed: 1)
    }
    let strong = try #require(try added(world(1)))
    #expect(strong.difference > 0.1 && strong.pValue == 0.01 && strong.whole < 1)
    #expect(strong.permutations == 99 && strong.classCount == 47)
    let none = try #require(try added(world(0)))
    #expect(abs(none.difference) < 0.05 && none.pValue > 0.05 && none.references > 0.2)
  }

  @Test func `a reference that is there again adds nothing`() throws {
    let world = ReferenceWorld(
      classes: 30, levels: 2, references: 2, measures: 1, effect: 0, seed: 2)
    let again = try #require(
      try IncrementalRSquared.of(
        outcome: world.outcome, references: world.references, further: [world.references[1]],
        strata: world.levels, permutations: Resampling("again", replicates: 99, seed: 1)))
    // But for what its penalty was too large.
    #expect(abs(again.difference) < 0.01)
  }

  @Test func `an outcome that is the same for all classes of a level has no R²`() throws {
    let world = ReferenceWorld(
      classes: 12, levels: 2, references: 2, measures: 2, effect: 0, seed: 3)
    let found = try IncrementalRSquared.of(
      outcome: world.outcome.map { _ in [0.1, 0.3] }, references: world.references,
      further: world.measures, strata: world.levels,
      permutations: Resampling("none", replicates: 9, seed: 1))
    #expect(found == nil)
  }

  @Test func `fewer classes than references and five are refused`() throws {
    func world(_ classes: Int) -> ReferenceWorld {
      ReferenceWorld(
        classes: classes, levels: 2, references: 4, measures: 2, effect: 0, seed: 4)
    }
    #expect(throws: AnalysisError.tooFewClasses(8)) { try added(world(8)) }
    #expect(try added(world(9)) != nil)
  }

  @Test func `the same on any number of threads, and it can be stopped`() throws {
    let world = ReferenceWorld(
      classes: 14, levels: 2, references: 2, measures: 3, effect: 0.2, seed: 5)
    #expect(try added(world) == added(world))
    #expect(throws: CancellationError.self) {
      try IncrementalRSquared.of(
        outcome: world.outcome, references: world.references, further: world.measures,
        strata: world.levels, permutations: Resampling("stop", replicates: 9, seed: 1),
        control: ComputationControl { true })
    }
  }

  @Test func `a permutation moves what the references leave, of all conditions, and nothing else`()
    throws
  {
    let world = ReferenceWorld(
      classes: 12, levels: 2, references: 2, measures: 2, effect: 0.5, seed: 6)
    let predictors = LeveledPredictors(
      outcome: world.outcome, references: world.references, further: world.measures,
      strata: world.levels)
    func moments(_ predictors: LeveledPredictors) -> StratifiedMoments {
      predictors.moments(folds: [Int](repeating: 0, count: 12), count: 1)[0]
    }
    let stream = Resampling("order", replicates: 1, seed: 1).stream("orders")
    let (before, after) = (
      moments(predictors), moments(predictors.permuted(stream.order(12, part: 0)))
    )
    // References and outcome, columns 0, 1 and 4 of 5, are where they were.
    for stratum in 0..<2 {
      for i in [0, 1, 4] {
        for j in [0, 1, 4] where j >= i {
          let place = (stratum * 5 + i) * 5 + j
          #expect(before.products[place] == after.products[place])
        }
      }
    }
    // Residuals in the place they had, stretched by √((K − 1) / (K − 1 − q)): the sum of squares of what
    // the references leave has K − 1 in the place of K − 1 − q.
    let same = moments(predictors.permuted(Array(0..<12)))
    for column in 0..<2 {
      let values = world.measures[column].map { $0[0] }
      let mean = values.reduce(0, +) / 12
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 12
      let span = CovariateSpan(world.references.map { $0.map { $0[0] } }, count: 12)
      let rest = span.residual(values)
      let square = CovariateSpan.dot(rest, rest) / variance
      let place = (2 + column) * 5 + 2 + column
      #expect(abs(same.products[place] - before.products[place] - square * (11.0 / 9 - 1)) < 1e-9)
    }
  }

  // MARK: Simulations

  /// Topology that goes with the outcome by the references alone is found in 5 % of worlds or less.
  ///
  /// Of 19
  /// permutations p can be 1 / 20, which says as much of the size.
  @Test(arguments: [(10, false), (20, false), (20, true), (47, false)])
  func `size`(classes: Int, isHeavy: Bool) throws {
    let worlds = 25 * ReferenceWorld.factor
    let draws = ReferenceWorld.factor > 1 ? 59 : 19
    let share = try ReferenceWorld.share(of: worlds) { seed in
      let world = ReferenceWorld(
        classes: classes, levels: 3, references: 4, measures: 5, effect: 0, isHeavy: isHeavy,
        isCoarse: seed % 2 == 0, seed: seed)
      return try #require(
        try added(world, permutations: draws, seed: UInt64(seed))
      ).pValue <= 0.05
    }
    ReferenceWorld.report("ΔR² size, \(classes) classes, heavy tails \(isHeavy)", share, worlds)
    #expect(share <= 0.05 + ReferenceWorld.slack(0.05, worlds))
  }

  /// Two kinds of noise, whose levels are strata of one model.
  @Test func `size of the joint model`() throws {
    let worlds = 25 * ReferenceWorld.factor
    let draws = ReferenceWorld.factor > 1 ? 59 : 19
    let share = try ReferenceWorld.share(of: worlds) { seed in
      let world = ReferenceWorld(
        classes: 20, levels: 6, references: 4, measures: 5, effect: 0, seed: seed)
      return try #require(
        try added(world, permutations: draws, seed: UInt64(seed))
      ).pValue <= 0.05
    }
    ReferenceWorld.report("ΔR² size, joint, 20 classes", share, worlds)
    #expect(share <= 0.05 + ReferenceWorld.slack(0.05, worlds))
  }

  @Test(arguments: [(10, 0.02), (20, 0.1), (47, 0.35)])
  func `power`(classes: Int, least: Double) throws {
    let worlds = 25 * ReferenceWorld.factor
    let draws = ReferenceWorld.factor > 1 ? 59 : 19
    let share = try ReferenceWorld.share(of: worlds) { seed in
      let world = ReferenceWorld(
        classes: classes, levels: 3, references: 4, measures: 5, effect: 0.3, seed: seed)
      return try #require(
        try added(world, permutations: draws, seed: UInt64(seed))
      ).pValue <= 0.05
    }
    ReferenceWorld.report("ΔR² power, effect .3, \(classes) classes", share, worlds)
    #expect(share >= least)
  }
}
