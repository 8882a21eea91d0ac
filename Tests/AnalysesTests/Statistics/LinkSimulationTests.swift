import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

/// How often intervals of link hold the truth, and its tests err, in made-up worlds.
///
/// A factor in TOPOCLIP_SIMULATIONS makes so many times as many worlds; bounds are what was claimed and three Monte
/// Carlo errors.
struct LinkSimulationTests {
  private static let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1

  /// Classes whose x and y, besides a part that seeds and levels have by themselves, go together by a correlation.
  struct World: Sendable, CustomStringConvertible {
    var classes = 10
    var levels = 3
    var seeds = 3
    /// The correlation of x and y of one number.
    var correlation = 0.0
    /// The part of the variance that all numbers of a class have in common.
    var common = 0.7
    /// Whether y has no more than a few different numbers.
    var isTied = false
    var measures = 1
    /// The part of the variance that all measures have in common.
    var shared = 0.6
    /// The measures that go with y.
    var related = 1

    var description: String {
      "\(classes) classes × \(levels) levels × \(seeds) seeds, r = \(correlation)\(isTied ? ", tied" : "")"
    }

    var conditions: [Int] { (0..<levels).flatMap { [Int](repeating: $0, count: seeds) } }

    /// The numbers of a replicate: of every measure and of y, a row a class.
    func numbers(_ replicate: Int) -> (x: [[[Double]]], y: [[Double]]) {
      let columns = levels * seeds
      let perClass = (measures + 2) * (1 + columns)
      let normals = RandomStream(
        domain: "test/world", seed: UInt64(replicate), identity: "\(self)".utf8
      ).normals(count: classes * perClass).map { Double($0) }
      // A class's part and that of each of its numbers.
      func latent(_ label: Int, _ variable: Int) -> [Double] {
        let start = label * perClass + variable * (1 + columns)
        let own = common.squareRoot() * normals[start]
        return (1...columns).map { own + (1 - common).squareRoot() * normals[start + $0] }
      }
      func mixed(_ a: [Double], _ weight: Double, _ b: [Double]) -> [Double] {
        zip(a, b).map { weight * $0 + (1 - weight * weight).squareRoot() * $1 }
      }
      var (x, y) = ([[[Double]]](repeating: [], count: measures), [[Double]]())
      for label in 0..<classes {
        let outcome = latent(label, 0)
        let base = latent(label, 1)
        for measure in 0..<measures {
          let own = mixed(base, shared.squareRoot(), latent(label, measure + 2))
          let values = measure < related ? mixed(outcome, correlation, own) : own
          x[measure].append(zip(values, conditions).map { $0 + 5 * Double($1) })
        }
        let drops = zip(outcome, conditions).map { $0 + 5 * Double($1) }
        y.append(isTied ? drops.map { $0.rounded() } : drops)
      }
      return (x, y)
    }

    func tests(
      _ replicate: Int, _ permutations: ClassPermutations, _ kind: RankCorrelation = .spearman
    ) throws -> [LeveledCorrelation.Permuted] {
      let (x, y) = numbers(replicate)
      return try x.compactMap {
        try LeveledCorrelation.of(
          $0, y, levels: conditions, scopes: [.eachLevel], correlation: kind,
          permutations: permutations)[0]
      }
    }

    /// The correlation of the distribution: of ranks of normal numbers by the formula, of tied ones from very many
    /// classes.
    func truth(_ kind: RankCorrelation) throws -> Double {
      guard isTied else {
        return switch kind {
        case .spearman: 6 / Double.pi * asin(correlation / 2)
        case .kendall: 2 / Double.pi * asin(correlation)
        }
      }
      var large = self
      large.classes = 10_000
      let (x, y) = large.numbers(0)
      return try #require(
        LeveledCorrelation.estimates(
          x[0], y, levels: conditions, scopes: [.eachLevel], correlation: kind)[0])
    }

    func permutations(_ count: Int, _ replicate: Int) -> ClassPermutations {
      ClassPermutations(
        count: classes,
        resampling: Resampling("world", replicates: count, seed: UInt64(replicate)))
    }
  }

  private func error(_ share: Double, _ worlds: Int) -> Double {
    (share * (1 - share) / Double(worlds)).squareRoot()
  }

  @Test(
    arguments: [
      World(classes: 6, correlation: 0.3), World(correlation: 0), World(correlation: 0.5),
      World(correlation: 0.5, isTied: true), World(classes: 20, correlation: 0.6),
      World(classes: 47, seeds: 1, correlation: 0.4),
      World(classes: 20, levels: 1, seeds: 1, correlation: 0.8),
    ], RankCorrelation.allCases)
  func `intervals hold the correlation in 95 of 100 worlds`(
    world: World, kind: RankCorrelation
  ) throws {
    let worlds = 200 * Self.factor
    let truth = try world.truth(kind)
    let permutations = world.permutations(1, 0)
    let found = try Parallel.tryMap(count: worlds) { replicate in
      try world.tests(replicate, permutations, kind).first?.correlation.interval
    }
    let intervals = found.compactMap { $0 }
    let held = intervals.count { $0.low <= truth && truth <= $0.high }
    let share = Double(held) / Double(intervals.count)
    if Self.factor > 1 {
      print(
        "interval, \(kind), \(world): \(share) of \(intervals.count), \(worlds - intervals.count) none"
      )
    }
    #expect(intervals.count > worlds / 2)
    #expect(share > 0.93 - 3 * error(0.95, worlds), "\(share)")
    #expect(share < 0.99 + 3 * error(0.99, worlds), "\(share)")
  }

  @Test(arguments: [World(classes: 7, seeds: 2), World(isTied: true), World(classes: 47, seeds: 1)])
  func `of unrelated classes 5 in 100 are found`(world: World) throws {
    let worlds = 200 * Self.factor
    let small = try Parallel.tryMap(count: worlds) { replicate in
      (try world.tests(replicate, world.permutations(199, replicate)).first?.correlation.pValue ?? 1)
        <= 0.05
    }.count { $0 }
    let share = Double(small) / Double(worlds)
    if Self.factor > 1 { print("size, \(world): \(share)") }
    #expect(abs(share - 0.05) < 0.005 + 3 * error(0.05, worlds), "\(share)")
  }

  @Test(arguments: [10, 20, 47])
  func `of a family of unrelated measures any is found in 5 of 100 worlds`(classes: Int) throws {
    let world = World(classes: classes, seeds: 1, measures: 8)
    let worlds = 100 * Self.factor
    let found = try Parallel.tryMap(count: worlds) { replicate -> (Bool, Bool) in
      let permutations = world.permutations(199, replicate)
      let family = PermutationFamily(try world.tests(replicate, permutations), isExact: false)
      func isFound(_ values: [Double?]) -> Bool { values.contains { $0 ?? 1 <= 0.05 } }
      return (isFound(family.adjusted), isFound(family.holm))
    }
    let share = Double(found.count { $0.0 }) / Double(worlds)
    let holm = Double(found.count { $0.1 }) / Double(worlds)
    if Self.factor > 1 { print("family error, \(classes) classes: \(share), Holm \(holm)") }
    #expect(share < 0.06 + 3 * error(0.05, worlds), "\(share)")
    #expect(share >= holm)
  }

  @Test(arguments: [(10, 0.8), (20, 0.6), (47, 0.4)])
  func `the largest correlation finds more than Holm's correction`(
    classes: Int, correlation: Double
  ) throws {
    let world = World(
      classes: classes, seeds: 1, correlation: correlation, measures: 19, shared: 0.8, related: 4)
    let worlds = 20 * Self.factor
    // Enough for Holm's correction of 19 tests.
    let found = try Parallel.tryMap(count: worlds) { replicate -> (Double, Double) in
      let permutations = world.permutations(499, replicate)
      let family = PermutationFamily(try world.tests(replicate, permutations), isExact: false)
      func share(_ values: [Double?]) -> Double {
        Double(values.prefix(4).count { $0 ?? 1 <= 0.05 }) / 4
      }
      return (share(family.adjusted), share(family.holm))
    }
    let power = found.reduce(0) { $0 + $1.0 } / Double(worlds)
    let holm = found.reduce(0) { $0 + $1.1 } / Double(worlds)
    if Self.factor > 1 {
      print("power, \(classes) classes, r = \(correlation): \(power), Holm \(holm)")
    }
    #expect(power > holm)
  }

  @Test(
    arguments: [
      World(classes: 10, measures: 4), World(classes: 10, seeds: 1),
      World(isTied: true, measures: 4),
      World(classes: 20, seeds: 1, measures: 8), World(classes: 47, measures: 8),
    ], RankCorrelation.allCases)
  func `what would be found in 80 of 100 worlds is found in so many`(
    world: World, kind: RankCorrelation
  ) throws {
    // What the design says, the mean over some worlds without a relation.
    let designs = 20
    let detectable = try Parallel.tryMap(count: designs) { replicate -> Double? in
      let tests = try world.tests(replicate, world.permutations(199, replicate), kind)
      return PermutationFamily(tests, isExact: false).critical.flatMap {
        DetectableCorrelation.smallest(null: tests[0].null, critical: $0)
      }
    }.compactMap(\.self)
    #expect(detectable.count == designs)
    let mean = detectable.reduce(0, +) / Double(detectable.count)
    var strong = world
    // The correlation of normal numbers with that of their ranks.
    strong.correlation =
      kind == .spearman ? 2 * sin(Double.pi * mean / 6) : sin(Double.pi * mean / 2)
    let worlds = 60 * Self.factor
    let found = try Parallel.tryMap(count: worlds) { [strong] replicate in
      let permutations = strong.permutations(199, replicate)
      let family = PermutationFamily(
        try strong.tests(replicate, permutations, kind), isExact: false)
      return family.adjusted.first.flatMap(\.self) ?? 1 <= 0.05
    }.count { $0 }
    let power = Double(found) / Double(worlds)
    if Self.factor > 1 {
      print("detectable, \(kind), \(world), \(world.measures) measures: \(mean), found \(power)")
    }
    #expect(abs(power - 0.8) < 0.07 + 3 * error(0.8, worlds), "\(mean) is found in \(power)")
  }
}
