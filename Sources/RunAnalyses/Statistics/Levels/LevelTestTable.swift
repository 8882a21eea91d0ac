import Analyses
import LinearAlgebra
import Runs

/// How the levels differ: `level_tests.csv`.
///
/// Every two levels of a noise, the clean one among them: the difference of top-1 accuracies on the same
/// images, its interval (`DifferenceInterval`, as that of a drop), and the paired permutation test, adjusted
/// over the table (Holm). The difference of an image is that of the shares of seeds under which it is right.
/// The interval is for images and seeds that are both drawn at random, the test for these seeds.
struct LevelTestTable {
  let levels: ClassifiedLevels

  /// What is made of the differences of two levels.
  struct Difference: Codable, Sendable {
    let test: PairedPermutationTest
    let interval: ConfidenceInterval
  }

  /// Two levels: of one noise, or clean and any.
  private var pairs: [(a: NoiseLevel, b: NoiseLevel)] {
    let all = levels.levels
    return all.indices.flatMap { b in
      all[..<b].filter { $0.noise == nil || $0.noise == all[b].noise }.map { (a: $0, b: all[b]) }
    }
  }

  func units() throws -> [CachedUnit<Difference>] { try pairs.map(unit) }

  private func unit(_ a: NoiseLevel, _ b: NoiseLevel) throws -> CachedUnit<Difference> {
    let key = levels.analysis.key(
      "levels \(a.name) and \(b.name)", settings: ["permutations", "seed"],
      reads: try levels.context.digests(levels.conditions([a, b])))
    return CachedUnit(key, work: levels.settings.testing(of: levels.context)) { [levels] in
      let (before, after) = (try right(a, levels), try right(b, levels))
      let differences = zip(shares(before), shares(after)).map(-)
      return Difference(
        test: try PairedPermutationTest(
          differences: differences, resampling: levels.settings.permutation("levels"),
          control: .interruptible(isQuiet: true)),
        interval: DifferenceInterval.of(
          Self.sides(
            before, after, haveSameSeeds: seeds(a, levels) == seeds(b, levels))))
    }
  }

  /// The differences under each seed where both levels have the same ones, and so the same noise at both
  /// strengths; else each level by itself.
  private static func sides(
    _ before: [[Double]], _ after: [[Double]], haveSameSeeds: Bool
  ) -> [[[Double]]] {
    haveSameSeeds
      ? [zip(before, after).map { zip($0, $1).map(-) }]
      : [before, after.map { $0.map { -$0 } }]
  }

  func table() throws -> Table {
    let differences = try units().map(levels.value)
    let adjusted = holmAdjusted(differences.map(\.test.pValue))
    var table = Table(LevelTestColumns.file)
    for (index, (a, b)) in pairs.enumerated() {
      let (test, interval) = (differences[index].test, differences[index].interval)
      table.append(
        [
          LevelTestColumns.firstNoise(a.noise ?? "none"), LevelTestColumns.firstLevel(a.level),
          LevelTestColumns.secondNoise(b.noise ?? "none"), LevelTestColumns.secondLevel(b.level),
          LevelTestColumns.count(levels.context.samples.labels.count),
          LevelTestColumns.difference.estimate(test.meanDifference),
        ] + LevelTestColumns.difference.interval(interval) + [
          LevelTestColumns.differing(test.differingCount),
          LevelTestColumns.method(test.method.rawValue), LevelTestColumns.p(test.pValue),
          LevelTestColumns.adjusted(adjusted[index]),
        ])
    }
    return table
  }
}

/// Whether each image is right, 1 or 0: a row a seed of a level.
private func right(_ level: NoiseLevel, _ levels: ClassifiedLevels) throws -> [[Double]] {
  try levels.scores(level).map { score in score.rank.map { $0 == 1 ? 1 : 0 } }
}

/// The share of the seeds under which each image is right.
private func shares(_ right: [[Double]]) -> [Double] {
  right[0].indices.map { image in
    right.reduce(0) { $0 + $1[image] } / Double(right.count)
  }
}

private func seeds(_ level: NoiseLevel, _ levels: ClassifiedLevels) -> [UInt64?] {
  levels.conditions([level]).map(\.seed)
}
