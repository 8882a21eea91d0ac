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
  ])
  func `numbers that cannot be are usage errors`(arguments: [String], words: String) throws {
    let refused = try run(["plan", "--output", "run"] + arguments + Self.experiment)
    #expect(refused.code == 2 && refused.error.contains(words), "\(refused)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/run"))
  }

  @Test func `a dry run says what the plan would be and writes nothing`() throws {
    let command = ["plan", "--output", "run", "--shards", "2"] + Self.experiment
    let trial = try run(command + ["--dry-run"])
    #expect(trial.code == 0, "\(trial)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/run"))
    #expect(try run(command).output == trial.output)
    let packed = try run(
      ["plan", "--output", "packed", "--pack", "\(Int.max)", "--dry-run"] + Self.experiment)
    #expect(packed.code == 0 && packed.output.contains(", 1 shard:"), "\(packed)")
  }

  @Test func `what reads a run says what makes it of a plan, and verify compares the plan`() throws
  {
    #expect(try run(["plan", "--output", "run", "--shards", "2"] + Self.experiment).code == 0)
    for command in [["report", "run"], ["gc", "run"]] {
      let refused = try run(command)
      #expect(refused.code == 1 && refused.error.contains("topoclip merge"), "\(refused)")
    }
    for index in ["0", "1"] { #expect(try run(["shard", "run", "--index", index]).code == 0) }
    let good = try run(["verify", "run"])
    #expect(good.code == 0, "\(good)")
    #expect(good.output.contains("run: 3 files are as plan.json has recorded\n"), "\(good)")
    #expect(good.output.contains("run: 2 files are as they themselves have recorded\n"), "\(good)")
    for (file, remedy) in [
      ("plan/cells.csv", "topoclip plan --overwrite"), ("plan.json", "topoclip plan --overwrite"),
      ("shards/1/embeddings.json", "topoclip shard"),
    ] {
      let url = URL(filePath: folder.path + "/run/" + file)
      let whole = try Data(contentsOf: url)
      var changed = whole
      changed[changed.count / 2] ^= 1
      try changed.write(to: url)
      let bad = try run(["verify", "run"])
      #expect(bad.code == 1 && bad.output.contains("\(file): changed\n"), "\(bad)")
      #expect(bad.error.contains(remedy), "\(bad)")
      try whole.write(to: url)
    }
  }

  @Test func `a folder without a plan says how to make one`() throws {
    for arguments in [["status", "none"], ["shard", "none", "--index", "0"], ["merge", "none"]] {
      let refused = try run(arguments)
      #expect(
        refused.code == 1 && refused.error.contains("topoclip plan EXPERIMENT.yaml --shards N"),
        "\(refused)")
    }
  }

  /// On one thread a cell of these takes longer than the moment that other commands have.
  @Test func `a shard that is asked to stop finishes the cell in hand`() throws {
    let planned = try run([
      "plan", "--output", "run", "--dataset", "textures", "--model", "random:b32", "--classes",
      "banded,dotted", "--per-class", "12", "--levels", "0,0.5,1,1.5,2,3", "--analyses", "zeroshot",
      "--quiet",
    ])
    try #require(planned.code == 0, "\(planned)")
    func cells() throws -> Int {
      try (FolderContents.names(of: folder.path + "/run/cells") ?? [])
        .count { $0.hasSuffix(".npy") }
    }
    let running = try RunningProgram(
      ["shard", "run", "--index", "0", "--threads", "1", "--quiet"], in: folder.path)
    for _ in 0..<12_000 where try cells() == 0 { Thread.sleep(forTimeInterval: 0.01) }
    Thread.sleep(forTimeInterval: 0.1)
    let finished = try cells()
    try #require((1..<6).contains(finished))
    running.interrupt()
    let outcome = running.wait()
    #expect(outcome.code == 75, "\(outcome)")
    #expect(outcome.error.matches(of: /interrupted;/).count == 1, "\(outcome)")
    #expect(try cells() > finished)
  }
}
