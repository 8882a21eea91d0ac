import Analyses
import Files
import Runs
import Testing

@testable import RunAnalyses

struct EstimateColumnsTests {
  /// Two seeds that disagree gave a Brier score the interval −0.04 to 0.15, which no reader of the table took.
  @Test func `what is written can be read again`() throws {
    let columns = AccuracyColumns.brierScore
    let file = RunFile("t.csv", "A table.", columns: columns.interval)
    var table = Table(file)
    table.append(
      columns.interval(ConfidenceInterval(low: -0.043, high: 0.155, method: .crossedT)))
    let read = try Table(CSV(table.csv, file: "t.csv"), as: file).checked()
    #expect(try read[columns.low] == [0] && read[columns.high] == [0.155])
  }
}
