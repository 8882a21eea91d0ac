import Fixtures
import Foundation
import Testing

/// `benchmark layouts` as a user meets it.
@Suite(.serialized)
struct LayoutBenchmarkCommandTests {
  @Test(arguments: [
    [], ["--peers", "p", "--workloads", "nothing"], ["--peers", "p", "--rounds", "0"],
    ["--peers", "p", "--tools", "nothing"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["benchmark", "layouts"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `a script that is not there is named, and no set is made`() throws {
    let folder = try TemporaryFolder()
    let sets = folder.path + "/sets"
    let outcome = try ProgramRun([
      "benchmark", "layouts", "--peers", folder.path, "--python", "sh", "--data", sets,
    ])
    #expect(outcome.code == 1 && outcome.output.isEmpty, "\(outcome)")
    #expect(
      outcome.error.contains("\(folder.path)/map_workloads.py \(sets): failed with exit code"))
    #expect(!FileManager.default.fileExists(atPath: sets))
  }
}
