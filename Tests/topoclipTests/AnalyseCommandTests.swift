import Files
import Fixtures
import Foundation
import Runs
import Testing

/// `analyse` as a user meets it: a finished run, other settings, and what reads the new run.
@Suite(.serialized)
struct AnalyseCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder.path)
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path + "/" + name)
  }

  @Test func `a run is analysed by another metric, and report, zeroshot and diff read what comes`()
    throws
  {
    #expect(try folder.smallSweep("a", ["--no-report"]).code == 0)
    let outcome = try run("analyse", "a", "--output", "b", "--set", "topology.metric=cosine")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("b: 40 samples, 2 conditions"), "\(outcome)")
    #expect(exists("b/report.html") && exists("b/figures") && !exists("a/report.html"))
    for command in [["report", "b", "--quiet"], ["zeroshot", "b"]] {
      let again = try ProgramRun(command, in: folder.path)
      #expect(again.code == 0, "\(again)")
    }
    let difference = try run("diff", "a", "b")
    #expect(difference.code == 0 && difference.output.contains("topology.metric"), "\(difference)")
    let manifest = try #require(try Manifest.read(RunDirectory(folder.path + "/b")))
    #expect(manifest.configuration["topology.metric"] == "cosine")
    #expect(manifest.arguments.contains("analyse"))

    // In the folder of another run, or of the run itself, nothing is touched.
    let digest = try Digest(ofFile: folder.path + "/a/manifest.json")
    for output in ["a", "a/b", "./a/../a"] {
      let refused = try run("analyse", "a", "--output", output)
      #expect(refused.code == 1 && refused.error.contains("a finished run stays as it is"))
    }
    #expect(try run("analyse", "b", "--output", "a").error.contains("a: holds another run"))
    #expect(try Digest(ofFile: folder.path + "/a/manifest.json") == digest)
  }

  @Test(arguments: [
    (["--levels", "0,1"], "--levels decides the embeddings, and analyse takes those of the run"),
    (["--seeds", "1"], "--seeds decides the embeddings"),
    (["--model", "builtin"], "--model decides the embeddings"),
    (["--noise", "blur"], "--noise decides the embeddings"),
    (["--set", "x"], "expected key.path=value"),
  ])
  func `what decides the embeddings is refused in a sentence`(options: [String], message: String)
    throws
  {
    let outcome = try ProgramRun(["analyse", "a", "--output", "b"] + options, in: folder.path)
    #expect(outcome.code == 2 && outcome.error.contains(message), "\(outcome)")
    #expect(!exists("b"))
  }

  @Test func `what is no finished run is named`() throws {
    let missing = try run("analyse", "nothing", "--output", "b")
    #expect(missing.code == 1 && missing.error.contains("nothing: is not there"), "\(missing)")
    _ = try folder.write("x", "some/file.txt")
    let none = try run("analyse", "some", "--output", "b")
    #expect(none.code == 1 && none.error.contains("some: holds no finished run"), "\(none)")
    #expect(!exists("b"))
    #expect(try run("analyse", "some").code == 2)
  }
}
