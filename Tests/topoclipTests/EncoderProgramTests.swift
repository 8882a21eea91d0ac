import Fixtures
import Foundation
import ModelFixtures
import Testing

/// The encoder's precisions and benchmark as a user meets them.
@Suite(.serialized)
struct EncoderProgramTests {
  @Test(arguments: [
    ["sweep", "--precision", "float16"], ["sweep", "--certify", "none"],
    ["sweep", "--precision-tolerance", "0"], ["sweep", "--backend", "mkl"],
    ["benchmark", "encoder", "--precision", "float16"],
    ["benchmark", "encoder", "--backend", "mkl"], ["benchmark", "encoder", "--rounds", "0"],
    ["benchmark", "encoder", "--peers", "p", "--model", "m"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(arguments)
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `embed in bfloat16 says how far it is from float32`() throws {
    let model = try TinyModel()
    let dataset = try TinyDataset()
    let output = FileManager.default.temporaryDirectory.appending(path: "embed-\(UUID())").path
    defer {
      model.remove()
      dataset.remove()
      try? FileManager.default.removeItem(atPath: output)
    }
    let arguments = [
      "embed", dataset.folder.path, "--model", model.folder.path, "--levels", "0", "--output",
      output, "--precision", "bfloat16", "--backend", "panels", "--quiet",
    ]
    let outcome = try ProgramRun(arguments)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("18 of 18 embeddings were computed in float32 too"))
    let stopped = try ProgramRun(arguments + ["--precision-tolerance", "1e-9"])
    #expect(stopped.code == 1 && stopped.output.isEmpty)
    #expect(stopped.error.contains("bfloat16 is too far from float32 for this model"))
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
