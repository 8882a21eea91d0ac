import Analyses
import LinearAlgebra
import Runs

/// How the levels differ: `level_tests.csv`.
///
/// Every two levels of a noise, the clean one among them: the difference of top-1 accuracies on the same images,
/// its bootstrap interval, and the paired permutation test, adjusted over the table (Holm). The difference of an
/// image is that of the shares of seeds under which it is right; the interval is for these seeds, of images
/// drawn again.
struct LevelTestTable {
  let levels: ClassifiedLevels

  /// What is made of the differences of two levels.
  struct Difference: Codable, Sendable {
    let test: PairedPermutationTest
    let interval: BootstrapDistribution.Interval?
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
      "levels \(a.name) and \(b.name)", settings: ["replicates", "permutations", "seed"],
      reads: try levels.context.digests(levels.conditions([a, b])))
    return CachedUnit(key, work: levels.settings.testing(of: levels.context)) { [levels] in
      let differences = zip(try shares(a, levels), try shares(b, levels)).map(-)
      let settings = levels.settings
      let control = ComputationControl.interruptible(isQuiet: true)
      return Difference(
        test: try PairedPermutationTest(
          differences: differences, resampling: settings.permutation("levels"), control: control),
        interval: try BootstrapDistribution.of(
          meanOf: differences, resampling: settings.bootstrap("images and seeds"), control: control
        ).acceleratedInterval())
    }
  }

  func table() throws -> Table {
    let differences = try units().map(levels.value)
    let adjusted = holmAdjusted(differences.map(\.test.pValue))
    var table = Table(LevelTestColumns.file)
    for (index, (a, b)) in pairs.enumerated() {
      let (test, interval) = (differences[index].test, differences[index].interval)
      table.append([
        LevelTestColumns.firstNoise(a.noise ?? "none"), LevelTestColumns.firstLevel(a.level),
        LevelTestColumns.secondNoise(b.noise ?? "none"), LevelTestColumns.secondLevel(b.level),
        LevelTestColumns.count(levels.context.samples.labels.count),
        LevelTestColumns.difference.estimate(test.meanDifference),
        LevelTestColumns.difference.low(interval?.low),
        LevelTestColumns.difference.high(interval?.high),
        LevelTestColumns.differing(test.differingCount),
        LevelTestColumns.method(test.method.rawValue), LevelTestColumns.p(test.pValue),
        LevelTestColumns.adjusted(adjusted[index]),
      ])
    }
    return table
  }
}

/// The share of a level's seeds under which each image is right.
private func shares(_ level: NoiseLevel, _ levels: ClassifiedLevels) throws -> [Double] {
  let scores = try levels.scores(level)
  return levels.context.samples.labels.indices.map { image in
    Double(scores.count { $0.isRight(image) }) / Double(scores.count)
  }
}
