import Fixtures
import Foundation
import Testing

/// `benchmark training` as a user meets it.
@Suite(.serialized)
struct TrainingBenchmarkCommandTests {
  @Test(arguments: [
    ["--workloads", "large"],
    ["--workloads", ","],
    ["--rounds", "0"],
    ["--seconds", "0"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["benchmark", "training"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `the training benchmark runs its peer in turn`() throws {
    let folder = try TemporaryFolder()
    // A stand-in for the peer: a shell script that answers what the real one would.
    let script =
      #"echo "{\"config\": \"$1\", \"batch\": 128, \"samples_per_s\": 0.5, \"peak_mb\": 7}""#
    _ = try folder.write(script, "train_peers.py")
    let outcome = try ProgramRun([
      "benchmark", "training", "--workloads", "tiny", "--seconds", "0.01", "--rounds", "1",
      "--peers", folder.path, "--python", "sh", "--json",
    ])
    #expect(outcome.code == 0, "\(outcome.error)")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let row = try #require((report["rows"] as? [[String: Any]])?.first)
    #expect(row["workload"] as? String == "tiny")
    #expect(row["batch"] as? Int == 128)
    #expect(try #require(row["peak_mebibytes"] as? Int) > 50)
    let rate = try #require(row["samples_per_second"] as? Double)
    let peer = try #require(row["peer"] as? [String: Any])
    #expect(peer["peak_mebibytes"] as? Int == 7)
    #expect(abs(try #require(peer["ratio"] as? Double) - rate / 0.5) < 1e-9)
  }
}
