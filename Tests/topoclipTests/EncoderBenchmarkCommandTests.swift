import Fixtures
import Foundation
import Testing

/// `benchmark encoder` as a user meets it.
@Suite(.serialized)
struct EncoderBenchmarkCommandTests {
  @Test(arguments: [
    ["--batches", "x"],
    ["--precision", "float16"],
    ["--backend", "mkl"],
    ["--rounds", "0"],
    ["--peers", "p", "--model", "m"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["benchmark", "encoder"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `the encoder benchmark runs its peers in turn`() throws {
    let folder = try TemporaryFolder()
    // A stand-in for the peers: a shell script that answers what the real one would.
    let script = #"[ "$2" = export ] || echo '{"med": 0.5, "best": 1, "rss_mb": 7}'"#
    _ = try folder.write(script, "clip_peers.py")
    let outcome = try ProgramRun([
      "benchmark", "encoder", "--architecture", "b32", "--batches", "1", "--seconds", "0.01",
      "--prompt-batch", "1", "--rounds", "1", "--precision", "bfloat16", "--backend", "panels",
      "--peers", folder.path, "--python", "sh", "--json",
    ])
    #expect(outcome.code == 0, "\(outcome.error)")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(report["precision"] as? String == "bfloat16")
    let comparison = try #require(report["comparison"] as? [[String: Any]])
    #expect(
      comparison.map { $0["name"] as? String } == [
        "topoclip", "hf-bf16w", "ov-bf16", "ov-tput-bf16",
      ])
    #expect(comparison[1]["median_per_second"] as? Double == 0.5)
    let ratio = try #require(comparison[1]["ratio"] as? Double)
    let own = try #require(comparison[0]["median_per_second"] as? Double)
    #expect(abs(ratio - own / 0.5) < 1e-9)
  }
}
