import Files
import Fixtures
import Foundation
import Testing

/// What is made of files that are not as they were recorded, as a user meets it.
@Suite(.serialized)
struct VerifyCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let outcome = try folder.smallSweep("run", ["--no-report"])
    try #require(outcome.code == 0, "\(outcome)")
  }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder.path)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Flips a bit in the middle of a file.
  private func flip(_ name: String) throws {
    var bytes = Data(try FileContents.read(path(name)))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path(name)))
  }

  /// Sets the accuracy of the clean images to another, as an editor would.
  private func edit(_ name: String) throws {
    let text = try FileContents.readText(path(name))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(lines[0].split(separator: ",").firstIndex(of: "top1"))
    var fields = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    fields[place] = "0.123"
    let edited = [lines[0], fields.joined(separator: ",")[...]] + lines.dropFirst(2)
    try Data(edited.joined(separator: "\n").utf8).write(to: URL(filePath: path(name)))
  }

  @Test func `verify names every file that differs`() throws {
    let good = try run("verify", "run")
    #expect(good.code == 0 && good.output.contains("files are as manifest.json has recorded\n"))
    try flip("run/embeddings/clean.npy")
    try edit("run/levels.csv")
    try FileManager.default.removeItem(atPath: path("run/merges.csv"))
    let outcome = try run("verify", "run")
    #expect(outcome.code == 1, "\(outcome)")
    #expect(
      outcome.output
        == "embeddings/clean.npy: changed\nlevels.csv: changed\nmerges.csv: missing\n")
    #expect(outcome.error.contains("3 of "), "\(outcome)")
    let none = try run("verify", ".")
    #expect(none.code == 1 && none.error.contains("nothing was recorded"), "\(none)")
  }

  @Test func `the finished work of a control is compared too`() throws {
    let outcome = try folder.smallSweep("controlled", ["--no-report", "--control"])
    try #require(outcome.code == 0, "\(outcome)")
    for kind in ["cells", "units"] {
      let file = try #require(
        try FolderContents.names(of: path("controlled/control/" + kind))?.first)
      try flip("controlled/control/\(kind)/\(file)")
      let bad = try run("verify", "controlled")
      #expect(bad.code == 1 && bad.output == "control/\(kind)/\(file): changed\n", "\(bad)")
      try flip("controlled/control/\(kind)/\(file)")
    }
    #expect(try run("verify", "controlled").code == 0)
  }

  /// What it says of one file that differs: with what it is made again.
  @Test(arguments: [
    ("thumbnails/00000.jpg", "topoclip sweep with the run's own settings makes"),
    ("examples/class-000.png", "topoclip sweep with the run's own settings makes"),
    ("pictures.json", "topoclip sweep with the run's own settings makes"),
    ("manifest.json", "topoclip sweep with the run's own settings and --overwrite makes the run"),
    ("cells/", "topoclip sweep with the run's own settings computes these again"),
    ("units/", "topoclip sweep with the run's own settings computes these again"),
    ("report.html", "topoclip report run --figure-format svg makes"),
    ("report.json", "topoclip report run makes"),
    ("figures/", "topoclip report run --figure-format svg makes"),
  ])
  func `verify says what makes a file again`(name: String, remedy: String) throws {
    if remedy.contains("report") {
      let report = try run("report", "run", "--figure-format", "svg", "--quiet")
      try #require(report.code == 0, "\(report)")
    }
    var file = name
    if name.hasSuffix("/") {
      file += try #require(try FolderContents.names(of: path("run/" + name))?.first)
    }
    try flip("run/" + file)
    let outcome = try run("verify", "run")
    #expect(outcome.code == 1 && outcome.output.contains("\(file): changed\n"), "\(outcome)")
    #expect(outcome.output.matches(of: /: (changed|missing|unreadable)\n/).count == 1)
    #expect(outcome.error.contains("; " + remedy), "\(outcome)")
  }

  @Test func `verify compares the cells and units of a cache`() throws {
    let outcome = try folder.smallSweep(
      "other", ["--no-report", "--analyses", "geometry", "--cache", path("shared")])
    try #require(outcome.code == 0, "\(outcome)")
    let good = try run("verify", "other", "--cache", "shared")
    #expect(good.code == 0 && good.output.contains("as their checksums have"), "\(good)")
    let names = try FolderContents.names(of: path("shared")) ?? []
    let cell = "shared/" + (try #require(names.first { $0.hasSuffix(".npy") }))
    try flip(cell)
    #expect(try run("verify", "other").code == 0)
    let damaged = try run("verify", "other", "--cache", "shared")
    #expect(damaged.code == 1 && damaged.output.contains("\(cell): changed\n"), "\(damaged)")
  }

  @Test func `report refuses a table that was edited, or says so on the page`() throws {
    try edit("run/levels.csv")
    let refused = try run("report", "run", "--quiet")
    #expect(refused.code == 1, "\(refused)")
    #expect(refused.error.contains("levels.csv (changed)"), "\(refused)")
    #expect(refused.error.contains("--no-verify"), "\(refused)")
    #expect(!exists("run/report.html"))
    let edited = try run("report", "run", "--quiet", "--no-verify")
    #expect(edited.code == 0 && edited.error.contains("levels.csv (changed)"), "\(edited)")
    let page = try FileContents.readText(path("run/report.html"))
    #expect(page.contains("Files that were changed") && page.contains("levels.csv (changed)"))
    #expect(page.contains("12.3"))
  }

  @Test func `a run whose embeddings were left behind is reported`() throws {
    try FileManager.default.removeItem(atPath: path("run/embeddings"))
    let outcome = try run("report", "run", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(try !FileContents.readText(path("run/report.html")).contains("Files that were changed"))
  }

  @Test func `zeroshot refuses embeddings that were changed, and writes nothing`() throws {
    try flip("run/embeddings/clean.npy")
    let before = try FileContents.readText(path("run/accuracy.csv"))
    let refused = try run("zeroshot", "run")
    #expect(refused.code == 1 && refused.error.contains("embeddings/clean.npy (changed)"))
    #expect(refused.output.isEmpty)
    #expect(try FileContents.readText(path("run/accuracy.csv")) == before)
    let used = try run("zeroshot", "run", "--no-verify")
    #expect(used.code == 0 && used.error.contains("embeddings/clean.npy (changed)"), "\(used)")
  }

  @Test func `zeroshot makes a table again that was edited`() throws {
    let before = try FileContents.readText(path("run/accuracy.csv"))
    try edit("run/accuracy.csv")
    #expect(try run("verify", "run").code == 1)
    #expect(try run("zeroshot", "run").code == 0)
    #expect(try FileContents.readText(path("run/accuracy.csv")) == before)
    #expect(try run("verify", "run").code == 0)
  }

  @Test func `diff refuses a run that was edited, or names it`() throws {
    try FileManager.default.copyItem(atPath: path("run"), toPath: path("other"))
    try edit("other/levels.csv")
    let refused = try run("diff", "run", "other", "--output", "d.csv")
    #expect(refused.code == 1 && refused.error.contains("other: 1 of "), "\(refused)")
    #expect(refused.output.isEmpty && !exists("d.csv"))
    let compared = try run("diff", "run", "other", "--no-verify")
    #expect(compared.code == 0 && compared.output.contains("levels.csv (changed)"), "\(compared)")
  }

  @Test func `a baseline that was edited is refused`() throws {
    try edit("run/accuracy.csv")
    let outcome = try folder.smallSweep(
      "next", ["--no-report", "--set", "statistics.baseline=run"])
    #expect(outcome.code == 1 && outcome.error.contains("accuracy.csv (changed)"), "\(outcome)")
    #expect(!exists("next/accuracy.csv"))
  }
}
