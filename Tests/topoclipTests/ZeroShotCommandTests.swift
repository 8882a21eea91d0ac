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

  /// Twelve classes along axes, five images each, with labels as pandas writes a column that lacks one.
  private func writeNumbered() throws {
    let axes = (0..<12).map { k in (0..<12).map { $0 == k ? "1" : "0" }.joined(separator: ",") }
    _ = try folder.write(axes.map { $0 + "\n" }.joined(), "t.csv")
    let images = axes.flatMap { [String](repeating: $0 + "\n", count: 5) }
    _ = try folder.write(images.joined(), "x.csv")
    let labels = (0..<12).flatMap { [String](repeating: "\($0).0\n", count: 5) }
    _ = try folder.write("label\n" + labels.joined(), "l.csv")
  }

  @Test func `numbered classes are those of the rows, and another order is doubted`() throws {
    try writeNumbered()
    let files = ["zeroshot", "--embeddings", "x.csv", "--text", "t.csv", "--labels", "l.csv"]
    let right = try run(files)
    #expect(right.code == 0 && right.output.contains("none,0,,60,1,1,1,"), "\(right)")
    #expect(right.error.contains("such as \"0.0\" are whole numbers"))
    #expect(right.error.contains("100 is assumed") && !right.error.contains("another order"))
    let rolled = (0..<12).map { "\(($0 + 1) % 12)" }.joined(separator: ",")
    let wrong = try run(files + ["--class-names", rolled, "--logit-scale", "50"])
    #expect(wrong.code == 0 && wrong.output.contains("none,0,,60,0,"), "\(wrong)")
    #expect(wrong.error.contains("another order than the classes"))
    #expect(!wrong.error.contains("assumed"))
  }
}
