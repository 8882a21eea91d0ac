import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct ProbeFigureTests {
  private func run(_ rows: String...) throws -> HandmadeRun {
    let run = try HandmadeRun()
    let header =
      "noise,level,seed,probe,neighbors,c,training,count,chance,accuracy,loss,accuracy_low,accuracy_high"
    _ = try run.folder.write(([header] + rows).joined(separator: "\n") + "\n", "probes.csv")
    return run
  }

  @Test func `a curve a probe, with its interval, and one of zero-shot where there is any`() throws
  {
    let run = try run(
      "none,0,,knn,1,,3,4,0.5,0.75,,0.5,1", "none,0,,linear,,10,3,4,0.5,1,,,",
      "gaussian,1,0,knn,1,,3,4,0.5,0.5,0.25,0.25,0.75",
      "gaussian,1,0,linear,,10,3,4,0.5,0.25,0.75,,")
    func figure() throws -> Figure {
      try #require(try ProbeFigure.kind.figures(FigureSource(ReportedRun(run.path))).first)
    }
    let probes = try figure()
    #expect(probes.legend.map(\.text) == ["1-NN", "linear probe", "guessing"])
    let plots = try #require(probes.panels.first).plots
    // Guessing; the interval, the line and the points of 1-NN; line and points of linear.
    #expect(plots.count == 6)
    guard case .rows(let guessing) = plots[0].content, case .rows(let votes) = plots[2].content,
      case .rows(let linear) = plots[4].content
    else { throw FigureLeftOut("no rows") }
    #expect(guessing.map { $0[1] } == [50, 50])
    #expect(votes == [[0, 75], [1, 50]] && linear == [[0, 100], [1, 25]])
    try run.table("accuracy.csv", "noise,level,seed,count,top1", "none,0,,4,0.5")
    #expect(try figure().legend.map(\.text) == ["1-NN", "linear probe", "zero-shot", "guessing"])
  }

  @Test func `without the table there is no figure`() throws {
    let run = try HandmadeRun()
    #expect(throws: FigureLeftOut("the run directory has no probes.csv")) {
      try ProbeFigure.kind.figures(FigureSource(ReportedRun(run.path)))
    }
  }
}
