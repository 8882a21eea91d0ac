import Fixtures
import Runs
import Testing

@testable import RunAnalyses

struct CorruptionTableTests {
  private func errors(_ accuracies: KeyValuePairs<String, Double>) throws -> LevelErrors {
    LevelErrors(
      try accuracies.map { (condition: try #require(Condition(name: $0)), top1: $1) })
  }

  private func row(
    _ own: LevelErrors, _ baseline: LevelErrors?, isLearnt: Bool = true
  ) throws -> [String] {
    let conditions = try ["clean", "gaussian-1-s0", "gaussian-1-s1", "gaussian-2-s0"].map {
      try #require(Condition(name: $0))
    }
    let table = CorruptionTable(
      errors: own, levels: NoiseLevel.all(conditions),
      baseline: baseline.map { .init(name: "other", errors: $0, isLearnt: isLearnt) }
    ).table()
    #expect(table.count == 1)
    return Array(table.rows[0].dropFirst())
  }

  @Test func `errors by hand, beside a baseline's and without one`() throws {
    let own = try errors([
      "clean": 0.75, "gaussian-1-s0": 0.5, "gaussian-1-s1": 0.75, "gaussian-2-s0": 0.125,
    ])
    // Level 1: the mean of .5 and .25; level 2: .875.
    let mean = "\((0.375 + 0.875) / 2)"
    #expect(try row(own, nil) == ["1 2", "", mean, "", ""])
    let baseline = try errors(["clean": 0.5, "gaussian-1-s0": 0.25, "gaussian-2-s0": 0.25])
    #expect(
      try row(own, baseline) == ["1 2", "other", mean, "\(1.25 / 1.5)", "\((1.25 - 0.5) / 0.5)"])
    // Relative to what guesses there is nothing.
    #expect(
      try row(own, baseline, isLearnt: false) == ["1 2", "other", mean, "\(1.25 / 1.5)", ""])
    let short = try errors(["clean": 0.5, "gaussian-1-s0": 0.25])
    #expect(try row(own, short) == ["1 2", "other", mean, "", ""])
  }

  @Test func `a baseline is read from its run directory`() throws {
    let folder = try TemporaryFolder()
    #expect(problem { _ = try LevelErrors(run: folder.path) }.contains("accuracy.csv"))
    let path = try folder.write(
      "noise,level,seed,top1\nnone,0,,0.75\ngaussian,1,0,0.5\nblur,2,,x\n", "accuracy.csv")
    #expect(problem { _ = try LevelErrors(run: folder.path) }.contains("line 4"))
    _ = try folder.write("noise,level,seed,top1\nnone,0,,0.75\ngaussian,1,0,0.5\n", "accuracy.csv")
    let read = try LevelErrors(run: folder.path)
    #expect(try read == errors(["clean": 0.75, "gaussian-1-s0": 0.5]), "\(path)")
  }
}
