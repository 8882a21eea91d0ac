import Files
import Fixtures
import Foundation
import Runs
import Testing

/// A planned sweep as a user runs it.
struct PlanCommandTests {
  private let folder: TemporaryFolder
  private static let experiment = [
    "--dataset", "textures", "--model", "builtin", "--classes", "banded,dotted", "--per-class", "4",
    "--set", "dataset.texture-size=32", "--levels", "0,1", "--analyses", "zeroshot,geometry",
    "--quiet",
  ]

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder.path)
  }

  @Test func `plan, status, shards and merge make a sweep's files`() throws {
    let swept = try run(["sweep", "--output", "swept", "--no-report"] + Self.experiment)
    #expect(swept.code == 0, "\(swept)")
    let plan = try run(["plan", "--shards", "2", "--output", "run"] + Self.experiment)
    #expect(plan.code == 0 && plan.output.contains("2 shards: 8 images in 2 cells"), "\(plan)")
    let missing = try run(["status", "run"])
    #expect(missing.code == 3 && missing.output.contains("embeddings: 0 done, 2 missing: 0-1"))
    #expect(missing.error.isEmpty)
    #expect(try run(["shard", "run", "--index", "1", "--quiet"]).code == 0)
    let rest = try run(["status", "run", "--retry-array"])
    #expect(rest.code == 3 && rest.output == "0\n")
    let early = try run(["merge", "run", "--no-report", "--quiet"])
    #expect(early.code == 1 && early.error.contains("of the shard 0: topoclip shard"), "\(early)")
    // From elsewhere, by another path.
    let shard = try ProgramRun(
      ["shard", folder.path + "/run", "--index", "0", "--quiet"], in: "/")
    #expect(shard.code == 0, "\(shard)")
    let merged = try run(["merge", "run", "--no-report", "--quiet"])
    #expect(merged.code == 0, "\(merged)")
    let done = try run(["status", "run"])
    #expect(done.code == 0 && done.output.contains("embeddings: 2 done\n"))
    #expect(
      try Manifest.read(RunDirectory(folder.path + "/run"))?.outputs
        == Manifest.read(RunDirectory(folder.path + "/swept"))?.outputs)
    let collected = try run(["gc", "run"])
    #expect(collected.code == 0 && collected.output == "nothing to remove\n", "\(collected)")
  }

  @Test(arguments: [
    (["--shards", "0"], "--shards 0: expected 1 to 100000"),
    (["--shards", "2", "--pack", "2"], "give one of them"),
    (["--pack", "0"], "expected 1 cell or more"),
    (["--shards", "2", "--dry-run"], "topoclip sweep --dry-run"),
  ])
  func `numbers that cannot be are usage errors`(arguments: [String], words: String) throws {
    let refused = try run(["plan", "--output", "run"] + arguments + Self.experiment)
    #expect(refused.code == 2 && refused.error.contains(words), "\(refused)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/run"))
  }

  @Test func `a folder without a plan says how to make one`() throws {
    for arguments in [["status", "none"], ["shard", "none", "--index", "0"], ["merge", "none"]] {
      let refused = try run(arguments)
      #expect(
        refused.code == 1 && refused.error.contains("topoclip plan EXPERIMENT.yaml --shards N"),
        "\(refused)")
    }
  }
}
