import LinearAlgebra
import Testing

@testable import Analyses

struct UnitRowsTests {
  @Test func `rows get length 1, whatever their size`() throws {
    let found = try UnitRows(Matrix([[3, 4], [0, -0x1p-140], [0x1p126, 0]])).rows
    #expect(found == Matrix([[0.6, 0.8], [0, -1], [1, 0]]))
  }

  @Test func `the mean of some rows by hand`() throws {
    let points = try UnitRows(Matrix([[2, 0], [0, 1], [-1, 0]]))
    #expect(points.mean(of: [0, 1]) == [0.5, 0.5])
    #expect(points.mean(of: 0..<3) == [0, 1.0 / 3])
  }

  @Test func `a row of zeros is refused by its number`() {
    let error = #expect(throws: AnalysisError.self) {
      try UnitRows(Matrix([[1, 2], [0, 1], [0, -0.0]]))
    }
    #expect(error?.description.contains("row 2 (counted from 0) is all zeros") == true)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `an element that is not finite is refused with its place`(value: Float) {
    // Before the row of zeros that stands above it.
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 2, value: "\(value)")) {
      try UnitRows(Matrix([[0, 0, 0], [1, 2, value]]))
    }
  }
}
