import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct LevelTablesTests {
  private let right = Matrix<Float>([[1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [0, 1]])
  private let wrong = Matrix<Float>([[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]])

  private let run: HandmadeRun

  /// Five images of class a and one of b, whose embeddings are those of classes.
  init() throws {
    run = try HandmadeRun(
      ["clean": right, "gaussian-1-s0": right, "gaussian-1-s1": wrong, "blur-2": wrong],
      classes: ["a", "a", "a", "a", "a", "b"], text: Matrix([[1, 0], [0, 1]]))
  }

  private func levels(_ assignments: [String] = []) throws -> ClassifiedLevels {
    let context = try run.context(["statistics.replicates=100"] + assignments, logitScale: 1)
    return try #require(ClassifiedLevels(context.analysis(StatisticsAnalysis.self), context))
  }

  @Test func `seeds of a level are one row`() throws {
    let table = try LevelTable(levels: levels()).table()
    #expect(try table[ConditionColumns.noise] == ["none", "gaussian", "blur"])
    #expect(try table[LevelColumns.seeds] == [1, 2, 1])
    #expect(try table[AccuracyColumns.top1.estimate] == [1, 7.0 / 12, 1.0 / 6])
    let drops: [Double?] = [nil, 1 - 7.0 / 12, 1 - 1.0 / 6]
    #expect(try table[LevelColumns.drop.estimate] == drops)
    #expect(try table[LevelColumns.drop.method] == [nil, "crossed-t", "bonett-price"])
    #expect(
      try table[AccuracyColumns.top1.method] == [
        "clopper-pearson", "korn-graubard", "clopper-pearson",
      ])
    let notes = try table[LevelColumns.seedsNote]
    // Clean images and a blur have no seeds.
    #expect(notes[0] == nil && notes[2] == nil)
    #expect(notes[1]?.hasPrefix("fewer than five seeds") == true)
  }

  @Test func `the main columns are a table for a paper`() throws {
    let lines = try LevelTable(levels: levels()).latex().split(separator: "\n").map(String.init)
    #expect(lines[0] == "\\begin{tabular}{lrrrrlrlrlrr}" && lines[1] == "\\toprule")
    #expect(lines[2].hasPrefix("noise & level & seeds & images & top-1 & 95 \\% interval & "))
    #expect(lines[4].hasPrefix("none & 0 & 1 & 6 & 1.0000 & 0.5407--1.0000 & "))
    #expect(lines[5].hasPrefix("gaussian & 1 & 2 & 6 & 0.5833 & "))
    #expect(lines[7] == "\\bottomrule" && lines[8] == "\\end{tabular}")
    #expect(
      lines[2...6].allSatisfy { !$0.contains("\\") || $0 == "\\midrule" || $0.hasSuffix("\\\\") })
  }

  @Test func `levels of a noise are tested in pairs, on the same images`() throws {
    let table = try LevelTestTable(levels: levels()).table()
    // Clean against each; a level of one noise is not compared with one of another.
    #expect(try table[LevelTestColumns.firstNoise] == ["none", "none"])
    #expect(try table[LevelTestColumns.secondNoise] == ["gaussian", "blur"])
    #expect(try table[LevelTestColumns.difference.estimate] == [2.5 / 6, 5.0 / 6])
    #expect(try table[LevelTestColumns.differing] == [5, 5])
    // Five images of one sign: 2 of 2⁵ choices are as far from zero.
    #expect(try table[LevelTestColumns.p] == [0.0625, 0.0625])
    #expect(try table[LevelTestColumns.adjusted] == [0.125, 0.125])
    // The interval of the difference from clean is that of the drop.
    let drops = try LevelTable(levels: levels()).table()
    for (columns, place) in [(LevelTestColumns.difference.low, LevelColumns.drop.low)] {
      let (found, own) = (try table[columns], try drops[place].dropFirst())
      #expect(zip(found, own).allSatisfy { abs(($0 ?? 0) - ($1 ?? 1)) < 1e-12 })
    }
    #expect(try table[LevelTestColumns.difference.method] == ["crossed-t", "bonett-price"])
  }

  @Test func `levels without a difference have an exact interval`() throws {
    let run = try HandmadeRun(
      ["clean": right, "gaussian-1-s0": right, "gaussian-2-s0": right],
      classes: ["a", "a", "a", "a", "a", "b"], text: Matrix([[1, 0], [0, 1]]))
    let context = try run.context(["statistics.replicates=100"], logitScale: 1)
    let table = try LevelTestTable(
      levels: #require(ClassifiedLevels(context.analysis(StatisticsAnalysis.self), context))
    ).table()
    #expect(try table[LevelTestColumns.difference.method] == ["exact", "exact", "exact"])
    // 1 − .025^(1/6).
    for end in try table[LevelTestColumns.difference.high] {
      #expect(abs((end ?? 0) - 0.45925815) < 1e-7)
    }
  }

  @Test func `groups of classes have their own accuracy`() throws {
    let table = try GroupTable(
      levels: levels([
        "statistics.groups.left=a", "statistics.groups.right=b,absent",
        "statistics.groups.none=missing",
      ])
    ).table()
    #expect(Set(try table[GroupColumns.group]) == ["left", "right"])
    let (left, right) = (
      try table.rows(where: GroupColumns.group == "left"),
      try table.rows(where: GroupColumns.group == "right")
    )
    #expect(try left[GroupColumns.count] == [5, 5, 5] && right[GroupColumns.count] == [1, 1, 1])
    #expect(try left[AccuracyColumns.top1.estimate] == [1, 0.5, 0])
    #expect(try right[AccuracyColumns.top1.estimate] == [1, 1, 1])
    #expect(
      try left[AccuracyColumns.top1.low][0] != nil && right[AccuracyColumns.top1.low][0] != nil)
  }

  @Test func `reliability counts every image of every seed once`() throws {
    let table = try ReliabilityTable(levels: levels()).table()
    let plain = try table.rows(where: ReliabilityColumns.scaled == false)
    #expect(plain.count == 3 * 15 && table.count == 2 * plain.count)
    #expect(try plain[ReliabilityColumns.count].reduce(0, +) == 6 + 12 + 6)
    #expect(try plain[ReliabilityColumns.low].first == 0)
    #expect(try plain[ReliabilityColumns.high].last == 1)
  }

  @Test func `without zero-shot accuracy there are none`() throws {
    let run = try HandmadeRun(["clean": right], classes: ["a", "a", "a", "a", "a", "b"])
    let context = try run.context()
    #expect(ClassifiedLevels(context.analysis(StatisticsAnalysis.self), context) == nil)
    #expect(try context.analysis(ZeroShotAnalysis.self).units(context).isEmpty)
  }
}
