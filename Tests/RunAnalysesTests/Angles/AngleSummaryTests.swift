import Analyses
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct AngleSummaryTests {
  @Test func `three lines in the plane, by hand`() throws {
    // Each class is two points a way and its opposite: a line at 0, 0.3 and 1 radians.
    // Angles between them: 0.3, 1 and 0.7; the smallest 0.3, the median 0.7.
    let points = Matrix<Double>(
      rows: 6, columns: 2,
      values: [0, 0.3, 1].flatMap { (angle: Double) in
        let (x, y) = (cos(angle), sin(angle))
        return [x, y, -x, -y]
      })
    let angles = try ClasswiseAngles(
      embedding: points, classes: [0, 0, 1, 1, 2, 2], classNames: ["a", "b", "c"], rank: .fixed(1),
      centered: true, null: RandomAngleExpectation(draws: 10, seed: 0))
    let lines = AngleSummary.markdown([AngleSummary(.clean, angles)]).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[2].hasPrefix("| none | 0 |  | 3 | a, b | 0.3000 | 0.7000 | "), "\(lines[2])")
  }
}
