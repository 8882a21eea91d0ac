import Files
import Fixtures
import Foundation
import Images
import Runs
import Testing

@testable import Reports

struct ScoreFiguresTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func texts(_ report: FigureReport, _ name: String) throws -> [String] {
    let path = try #require(report.figures.first { $0.name == name }?.svgPath)
    return try #require(SVGReader(Data(contentsOf: URL(filePath: path)))).texts
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `every figure is drawn, and an old one of ours goes`() throws {
    var scores = try HandmadeScores(in: folder)
    try scores.addAll(candidates: ["a dog", "it's\na \"`cat`\"", "🙂 été"])
    let report = try scores.figures()
    #expect(report.messages == [])
    #expect(
      report.figures.map(\.name) == ["scores", "score-measures", "score-matrix", "candidates"])
    #expect(try texts(report, "scores").contains("kept"))
    #expect(try texts(report, "score-measures").contains("negCLIPLoss"))
    #expect(try texts(report, "candidates").contains("it's a \"`cat`\""))
    #expect(
      report.figures[0].caption.contains(
        "The area under the curve is 0.930 (95 % interval 0.920 to 0.940)."))
    try FileManager.default.removeItem(atPath: scores.path + "/matrix-map.csv")
    _ = try scores.folder.write("mine", "figures/mine.svg")
    let again = try scores.figures()
    // A matrix that nobody asked for is not missed.
    #expect(again.messages == [])
    let left = try FileManager.default.contentsOfDirectory(atPath: scores.path + "/figures")
    #expect(left.contains("mine.svg") && !left.contains { $0.hasPrefix("score-matrix") })
  }

  @Test func `the outline of scores is a density`() throws {
    let figure = try ScoreDistributionFigure.kind.figure(
      HandmadeScores(in: folder, kept: false).opened())
    #expect(figure.legend.map(\.text) == ["pairs", "shuffled"])
    guard case .rows(let rows) = figure.panels[0].plots.last?.content else {
      Issue.record("no outline")
      return
    }
    // Two points a bin: the first of each with its width is an area.
    let area = zip(rows, rows.dropFirst()).reduce(0.0) { sum, pair in
      pair.0[1] == pair.1[1] ? sum + pair.0[1] * (pair.1[0] - pair.0[0]) : sum
    }
    #expect(abs(area - 1) < 1e-9)
  }

  @Test func `tables that are no grid are left out`() throws {
    var scores = try HandmadeScores(in: folder)
    try scores.write(
      "score_low,score_high,negcliploss_low,negcliploss_high,count\n0,0,0,1,1\n", "measures.csv")
    try scores.finish()
    #expect(throws: FigureLeftOut("measures.csv has bins of no width, or more than 400 an axis")) {
      try ScoreMeasuresFigure.kind.figure(scores.opened())
    }
    try scores.write(
      "score_low,score_high,negcliploss_low,negcliploss_high,count\n0,1,0,1,1\n1e90,2e90,0,1,1\n",
      "measures.csv")
    try scores.finish()
    #expect(throws: FigureLeftOut.self) {
      try ScoreMeasuresFigure.kind.figure(scores.opened())
    }
    try scores.write(
      "candidate,top,mean_probability\na,0,0.5\n", "candidates-summary.csv")
    try scores.finish()
    #expect(throws: FigureLeftOut("no pair has a likeliest candidate")) {
      try ScoreCandidatesFigure.kind.figure(scores.opened())
    }
  }
}
