import AnalysesFixtures
import Foundation
import LinearAlgebra
import RealModule
import Testing

@testable import Analyses

struct PairedSwapTestTests {
  private let resampling = Resampling("test", replicates: 999, seed: 1)

  private func line(_ places: [Double]) -> Matrix<Double> {
    Matrix(places.map { a in places.map { abs(a - $0) } })
  }

  @Test func `three pairs on a line by hand`() throws {
    // Clean at 0, 1, 2, noisy at 10, 11, 12: within (1 + 1 + 2) / 6 twice. To exchange any one pair leaves
    // one pair of classes as it is and has two across.
    let test = try PairedSwapTest(
      distances: line([0, 1, 2, 10, 11, 12]), resampling: resampling)
    #expect(test.isExact && test.pairCount == 3 && abs(test.loss - 8.0 / 6) < 1e-12)
    // Across: 10 ± 1 twice, 10 ± 2; a pair of classes is within or across in half of the ways.
    #expect(abs(test.meanLoss - (8.0 + 60.0) / 2 / 6) < 1e-12)
    #expect(test.pValue == 0.25 && test.leastPValue == 0.25 && test.adjustedPValue == nil)
    // Squares: 1 + 1 + 4, twice.
    let squares = try PairedSwapTest(
      distances: line([0, 1, 2, 10, 11, 12]), exponent: 2, resampling: resampling)
    #expect(abs(squares.loss - 12.0 / 6) < 1e-12)
  }

  @Test func `losses are those of the groups that swaps make`() throws {
    // The quadratic form against sums over groups, for all ways.
    var stream = RandomStream(domain: "test", seed: 3)
    let count = 7
    var distances = Matrix<Double>(rows: 2 * count, columns: 2 * count)
    for i in 0..<2 * count {
      for j in 0..<i {
        distances[i, j] = stream.uniform()
        distances[j, i] = distances[i, j]
      }
    }
    let losses = (0..<1 << (count - 1)).map { way in
      let first = (0..<count).map { way >> $0 & 1 == 1 ? count + $0 : $0 }
      let second = (0..<count).map { way >> $0 & 1 == 1 ? $0 : count + $0 }
      return [first, second].reduce(0) { sum, group in
        sum + group.flatMap { i in group.map { distances[i, $0] } }.reduce(0, +)
          / Double(2 * count * (count - 1))
      }
    }
    let test = try PairedSwapTest(distances: distances, resampling: resampling)
    #expect(abs(test.loss - losses[0]) < 1e-12)
    #expect(abs(test.meanLoss - losses.reduce(0, +) / 64) < 1e-12)
    #expect(test.pValue == Double(losses.count { $0 <= losses[0] + 1e-12 }) / 64)
  }

  @Test func `pairs of equal objects tell nothing`() throws {
    let places = [1.0, 2, 4, 8, 16, 32]
    let test = try PairedSwapTest(distances: line(places + places), resampling: resampling)
    #expect(test.pValue == 1 && test.adjustedPValue == 1 && test.isExact)
    let none = try PairedSwapTest(
      distances: Matrix(rows: 12, columns: 12), resampling: resampling)
    #expect(none.pValue == 1 && none.loss == 0)
    // Rounding is no difference.
    let near = try PairedSwapTest(
      distances: line(places + places.map { $0.nextUp }), resampling: resampling)
    #expect(near.pValue == 1)
  }

  @Test func `a family shares swaps, and what cannot find anything is no part of it`() throws {
    let far = line([0, 1, 2, 3, 4, 5, 20, 21, 22, 23, 24, 25])
    let same = line([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5])
    let swaps = PairSwaps(count: 8, resampling: resampling)
    let all = Array(0..<6)
    let tests = try PairedSwapTest.results(
      [
        .init(distances: far, pairs: all), .init(distances: same, pairs: all),
        .init(distances: far, pairs: [0, 1, 2, 3, 5, 7]),
        .init(distances: line([0, 1, 2, 20, 21, 22]), pairs: [0, 3, 4]),
      ], swaps: swaps)
    let one = 0.03125  // of 32 ways
    #expect(tests.map(\.pValue) == [one, 1, one, 0.25])
    #expect(tests.map(\.leastPValue) == [one, one, one, 0.25])
    // Two samples of other pairs are as extreme in other ways.
    #expect(tests[3].adjustedPValue == nil && tests[1].adjustedPValue == 1)
    let adjusted = try #require(tests[0].adjustedPValue)
    #expect(adjusted > one && adjusted <= 2 * one && adjusted == tests[2].adjustedPValue)
    // The same twice is not paid for.
    let twice = try PairedSwapTest.results(
      [.init(distances: far, pairs: all), .init(distances: far, pairs: all)], swaps: swaps)
    #expect(twice.map(\.adjustedPValue) == [one, one])
  }

  @Test func `random ways agree with all of them, by any number of threads`() throws {
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    let clean = (0..<12).map { (i: Int) -> Double in Double(i * 7 % 12) }
    let distances = line(clean + clean.enumerated().map { $1 + Double($0 * 5 % 7) - 2.4 })
    let exact = try PairedSwapTest(
      distances: distances, resampling: Resampling("all", replicates: 2047, seed: 1))
    #expect(exact.isExact && exact.pValue > 0.01 && exact.pValue < 0.99, "\(exact.pValue)")
    var random: [PairedSwapTest] = []
    for count in [1, 3] {
      Parallel.workers = count
      random.append(
        try PairedSwapTest(
          distances: distances, resampling: Resampling("some", replicates: 2000, seed: 1)))
    }
    #expect(random[0] == random[1] && !random[0].isExact && random[0].meanLoss == exact.meanLoss)
    let deviation = (exact.pValue * (1 - exact.pValue) / 2000).squareRoot()
    #expect(abs(random[0].pValue - exact.pValue) < 4 * deviation)
  }

  @Test func `what cannot be tested is refused, and a stop is heard`() {
    for bad in [-1, .infinity, .nan] as [Double] {
      var distances = line([0, 1, 2, 3])
      distances[1, 2] = bad
      #expect {
        try PairedSwapTest(distances: distances, resampling: resampling)
      } throws: {
        "\($0)".contains("objects 1 and 2")
      }
    }
    #expect(throws: CancellationError.self) {
      try PairedSwapTest(
        distances: line([0, 1, 2, 3]), resampling: resampling,
        control: ComputationControl(isCancelled: { true }))
    }
  }

  // MARK: Simulations

  /// Worlds of classes, each with a diagram of bars whose lengths have a class's own scale, and a noisy twin
  /// whose lengths are multiplied by a factor and jittered.
  private struct World {
    let classes: Int
    let bars = 20
    /// What noise multiplies lengths by; 1 under the hypothesis.
    let factor: Double
    /// What each of a class's two diagrams has for itself, as a share of a length.
    var jitter = 0.05

    /// Distances of the sorted lengths: clean diagrams first.
    func distances(_ seed: UInt64) -> Matrix<Double> {
      let normals = RandomStream(domain: "test/worlds", seed: seed).normals(
        count: classes * (1 + 3 * bars)
      ).map(Double.init)
      var place = 0
      func next() -> Double {
        place += 1
        return normals[place - 1]
      }
      var clean: [[Double]] = []
      var noisy: [[Double]] = []
      for _ in 0..<classes {
        let scale = Double.exp(0.3 * next())
        // What both have in common, and what each has for itself.
        let common = (0..<bars).map { _ in scale * Double.exp(0.4 * next()) }
        clean.append(common.map { $0 * Double.exp(jitter * next()) }.sorted())
        noisy.append(common.map { factor * $0 * Double.exp(jitter * next()) }.sorted())
      }
      return pairwiseDistances(clean + noisy)
    }

    /// The shares of worlds in which the paired and the unpaired test find something.
    func found(worlds: Int, draws: Int) throws -> (paired: Double, unpaired: Double) {
      let results = try Parallel.tryMap(count: worlds) { world in
        let distances = distances(UInt64(world))
        let resampling = Resampling("world \(world)", replicates: draws, seed: 0)
        return (
          try PairedSwapTest(distances: distances, resampling: resampling).pValue <= 0.05,
          try TwoSamplePermutationTest(
            distances: distances, firstCount: classes, resampling: resampling
          ).pValue <= 0.05
        )
      }
      return (
        Double(results.count(where: \.0)) / Double(worlds),
        Double(results.count(where: \.1)) / Double(worlds)
      )
    }
  }

  /// How many times more worlds than in the normal run.
  private static let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1

  @Test(arguments: [10, 20])
  func `of worlds where noise does nothing the level is kept, and unpaired nothing is found`(
    classes: Int
  ) throws {
    let worlds = 400 * Self.factor
    let found = try World(classes: classes, factor: 1).found(worlds: worlds, draws: 199)
    print("paired swap test, \(classes) classes, \(worlds) worlds: size \(found)")
    // 10 of 200 ways, or 26 of 512: four deviations.
    let slack = 4 * (0.05 * 0.95 / Double(worlds)).squareRoot()
    #expect(abs(found.paired - 0.05) < slack && found.unpaired < 0.01)
  }

  @Test(arguments: [
    (10, 1.05, 0.05, 0.8), (10, 1.1, 0.05, 0.9), (47, 1.05, 0.05, 0.9), (10, 1.1, 0.2, 0.35),
  ])
  func `a change of scale by a twentieth or a tenth is found, and unpaired it is not`(
    classes: Int, scale: Double, jitter: Double, least: Double
  ) throws {
    let worlds = (classes > 20 ? 20 : 100) * Self.factor
    let found = try World(classes: classes, factor: scale, jitter: jitter).found(
      worlds: worlds, draws: 199)
    print("paired swap test, \(classes) classes, ×\(scale) ± \(jitter), \(worlds) worlds: \(found)")
    #expect(found.paired >= least && found.unpaired < 0.05)
  }

  @Test func `a family whose tests have much in common keeps its level`() throws {
    // Two conditions, the second a little more of the same noise: step-down on the same swaps.
    let worlds = 200 * Self.factor
    let classes = 8
    let results = try Parallel.tryMap(count: worlds) { world in
      let first = World(classes: classes, factor: 1).distances(UInt64(world))
      let second = World(classes: classes, factor: 1).distances(UInt64(world + 1_000_000))
      let swaps = PairSwaps(
        count: classes, resampling: Resampling("w", replicates: 127, seed: 0))
      let pairs = Array(0..<classes)
      let mixed = Matrix(
        rows: 2 * classes, columns: 2 * classes,
        values: zip(first.values, second.values).map { $0 + 0.2 * $1 })
      let tests = try PairedSwapTest.results(
        [first, mixed, second].map { .init(distances: $0, pairs: pairs) }, swaps: swaps)
      return (
        tests.contains { ($0.adjustedPValue ?? 1) <= 0.05 },
        holmAdjusted(tests.map(\.pValue)).contains { $0 <= 0.05 }
      )
    }
    let (stepDown, holm) = (
      Double(results.count(where: \.0)) / Double(worlds),
      Double(results.count(where: \.1)) / Double(worlds)
    )
    print("family of three, \(worlds) worlds: step-down \(stepDown), Holm \(holm)")
    #expect(stepDown <= 0.05 + 4 * (0.05 * 0.95 / Double(worlds)).squareRoot() && holm <= stepDown)
  }
}
