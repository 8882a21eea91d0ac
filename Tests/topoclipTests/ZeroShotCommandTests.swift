import Files
import Fixtures
import Testing

/// `zeroshot` as a user meets it.
@Suite(.serialized)
struct ZeroShotCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> ProgramRun {
    try ProgramRun(arguments + ["--quiet"], in: folder.path)
  }

  private func read(_ name: String) throws -> CSV { try CSV(path: folder.path + "/" + name) }

  @Test func `zero-shot tables of generated textures, with other prompts`() throws {
    #expect(
      try run([
        "embed", "textures", "--model", "builtin", "--classes", "4", "--per-class", "2", "--output",
        "run",
      ]).code == 0)
    let prompts = try folder.write("a {} surface.\n", "prompts.txt")
    let outcome = try run([
      "zeroshot", "run", "--model", "builtin", "--templates", prompts, "--split", "test",
      "--output", "tables",
    ])
    #expect(outcome.code == 0 && outcome.output.contains("| none | 0 |  | 8 |"), "\(outcome)")
    #expect(try read("tables/predictions.csv").records.count == 8 * 4)
    let other = try run(["zeroshot", "run", "--split", "val", "--output", "none"])
    #expect(other.code == 1 && other.error.contains("no sample of the split val"), "\(other)")
  }

  @Test(arguments: [
    [],
    ["run", "--split", "test"],
    ["run", "--text", "t.npy"],
    ["run", "--output", "o", "--logit-scale", "nan"],
    ["--embeddings", "x", "--text", "t", "--labels", "l", "--split", "test"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["zeroshot"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `a run that is not there is named with what it lacks`() throws {
    let outcome = try ProgramRun(["zeroshot", "/nowhere"])
    #expect(outcome.code == 1 && outcome.error.contains("/nowhere/samples.csv"), "\(outcome)")
  }
}
