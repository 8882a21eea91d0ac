import Fixtures
import Foundation
import Testing

/// `benchmark search` as a user meets it.
@Suite(.serialized)
struct SearchBenchmarkCommandTests {
  @Test(arguments: [
    [], ["p.npy", "--rounds", "0"], ["p.npy", "--count", "1001"], ["p.npy", "--count", "0"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["benchmark", "search"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `a file that is not there is named`() throws {
    let outcome = try ProgramRun(["benchmark", "search", "absent.npy"])
    #expect(outcome.code == 1 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.error.contains("absent.npy: no such file"))
  }
}
