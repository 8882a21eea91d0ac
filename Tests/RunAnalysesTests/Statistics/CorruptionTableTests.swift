import Fixtures
import Runs
import Testing

@testable import RunAnalyses

struct CorruptionTableTests {
  private func errors(_ accuracies: KeyValuePairs<String, Double>) throws -> CorruptionTable.Errors
  {
    CorruptionTable.Errors(
      try accuracies.map { (condition: try #require(Condition(name: $0)), top1: $1) })
  }

  private func row(
    _ own: CorruptionTable.Errors, _ baseline: CorruptionTable.Errors?, isLearnt: Bool = true
  ) throws -> [ResultTable.Value] {
    let conditions = try ["clean", "gaussian-1-s0", "gaussian-1-s1", "gaussian-2-s0"].map {
      try #require(Condition(name: $0))
    }
    let table = CorruptionTable(
      errors: own, levels: NoiseLevel.all(conditions),
      baseline: baseline.map { .init(name: "other", errors: $0, isLearnt: isLearnt) }
    ).table()
    #expect(table.rows.count == 1)
    return Array(table.rows[0].dropFirst())
  }

  @Test func `errors by hand, beside a baseline's and without one`() throws {
    let own = try errors([
      "clean": 0.75, "gaussian-1-s0": 0.5, "gaussian-1-s1": 0.75, "gaussian-2-s0": 0.125,
    ])
    // Level 1: the mean of .5 and .25; level 2: .875.
    let mean = ResultTable.Value.number((0.375 + 0.875) / 2)
    #expect(try row(own, nil) == [.text("1 2"), .missing, mean, .missing, .missing])
    let baseline = try errors(["clean": 0.5, "gaussian-1-s0": 0.25, "gaussian-2-s0": 0.25])
    #expect(
      try row(own, baseline) == [
        .text("1 2"), .text("other"), mean, .number(1.25 / 1.5), .number((1.25 - 0.5) / 0.5),
      ])
    // Relative to what guesses there is nothing.
    #expect(
      try row(own, baseline, isLearnt: false) == [
        .text("1 2"), .text("other"), mean, .number(1.25 / 1.5), .missing,
      ])
    let short = try errors(["clean": 0.5, "gaussian-1-s0": 0.25])
    #expect(try row(own, short) == [.text("1 2"), .text("other"), mean, .missing, .missing])
  }

  @Test func `a baseline is read from its run directory`() throws {
    let folder = try TemporaryFolder()
    #expect(problem { _ = try CorruptionTable.Errors(run: folder.path) }.contains("accuracy.csv"))
    let path = try folder.write(
      "noise,level,seed,top1\nnone,0,,0.75\ngaussian,1,0,0.5\nblur,2,,x\n", "accuracy.csv")
    #expect(problem { _ = try CorruptionTable.Errors(run: folder.path) }.contains("line 4"))
    _ = try folder.write("noise,level,seed,top1\nnone,0,,0.75\ngaussian,1,0,0.5\n", "accuracy.csv")
    let read = try CorruptionTable.Errors(run: folder.path)
    #expect(try read == errors(["clean": 0.75, "gaussian-1-s0": 0.5]), "\(path)")
  }
}
