import Analyses
import Files
import LinearAlgebra
import Testing

@testable import RunAnalyses

struct AnalysisControlTests {
  @Test(arguments: [
    AnalysisError.undefined("too few points"), .noRows, .noVariance(centered: true),
    .rankTooLarge(requested: 3, numericalRank: 2),
  ])
  func `points that do not define a number leave its cell empty`(error: AnalysisError) throws {
    #expect(try whereDefined { () throws -> Int in throw error } == nil)
    #expect(try whereDefined { 3 } == 3)
  }

  @Test func `every other fault comes out`() {
    for error in [AnalysisError.invalid("a distance is nan"), .rowsDiffer(2, 3)] {
      #expect(throws: error) { try whereDefined { () throws -> Int in throw error } }
    }
    #expect(throws: CancellationError.self) {
      try whereDefined { () throws -> Int in throw CancellationError() }
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1, value: "nan")) {
      try whereDefined { () throws -> Int in
        throw LinearAlgebraError.notFinite(row: 0, column: 1, value: "nan")
      }
    }
  }
}
