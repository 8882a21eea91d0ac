import Fixtures
import Foundation
import Testing

/// `benchmark topology` as a user meets it.
struct TopologyBenchmarkCommandTests {
  @Test(arguments: [
    ["--workloads", "nothing"]
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["benchmark", "topology"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `a workload whose input is missing is left out by name`() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "benchmark", "topology", "--data", folder.path, "--workloads", "o3_1024", "--rounds", "1",
    ]
    let outcome = try ProgramRun(arguments + ["--json"])
    #expect(outcome.code == 0, "\(outcome)")
    #expect(
      outcome.error.contains("o3_1024: left out, there is no \(folder.path)/o3_1024.points.npy"))
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect((report["rows"] as? [Any])?.isEmpty == true)
  }
}
