import Files
import Fixtures
import Foundation
import ModelFixtures
import Runs
import Testing

/// `sweep` as a user meets it: the first run with nothing but the program, and what may go wrong.
@Suite(.serialized)
struct SweepCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> ProgramRun {
    try ProgramRun(arguments + ["--quiet"], in: folder.path)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func read(_ name: String) throws -> CSV { try CSV(path: folder.path + "/" + name) }

  /// Settings that make the built-in experiment small.
  private let small = [
    "--classes", "banded,chequered,dotted,woven", "--limit", "24", "--levels", "0,1",
    "--set", "angles.null-draws=5", "--set", "topology.halvings=2",
  ]

  @Test func `a sweep without arguments in an empty folder runs to its tables`() throws {
    let outcome = try run(["sweep"] + small)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("| none | 0 |  | 24 |"), "\(outcome)")
    #expect(outcome.output.contains("| gaussian | 1 | 0 | 24 |"))
    #expect(outcome.output.contains("results/builtin: 24 samples, 2 conditions"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["results"])
    let samples = try read("results/builtin/samples.csv")
    #expect(samples.records.count == 24)
    #expect(
      samples.records[7].fields == ["7", "textures/test/chequered/0001", "chequered", "test"])
    for table in [
      "accuracy.csv", "angles/clean.csv", "geometry.csv", "layouts/quality.csv", "distances.csv",
      "diagrams/all-gaussian-1-s0.csv",
    ] {
      #expect(try !read("results/builtin/" + table).records.isEmpty, "\(table)")
    }
    let manifest = try #require(
      try Manifest.read(RunDirectory(folder.path + "/results/builtin")))
    #expect(manifest.model?.name == "builtin" && manifest.model?.path == nil)
    #expect(manifest.model?.files.count == 5 && manifest.model?.dimension == 128)
    #expect(
      manifest.data?.source
        == "textures (generated, version 1, split test, seed 0, 96 × 96 pixels)")
    #expect(manifest.configuration["dataset.texture-size"] == "96")

    // Again it finds everything done; other threads would have given the same.
    let again = try run(["sweep"] + small)
    #expect(again.output == outcome.output, "\(again)")
    let alone = try run(
      ["sweep"] + small + ["--threads", "1", "--output", "alone", "--no-report"])
    #expect(alone.code == 0, "\(alone)")
    for file in ["embeddings/clean.npy", "embeddings/gaussian-1-s0.npy", "accuracy.csv"] {
      #expect(
        FileManager.default.contentsEqual(
          atPath: folder.path + "/alone/" + file, andPath: folder.path + "/results/builtin/" + file),
        "\(file)")
    }
  }

  @Test func `a dry run tells every stage, its report and its control among them`() throws {
    let outcome = try run(["sweep"] + small + ["--control", "--seeds", "0..1", "--dry-run"])
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.hasPrefix("stage ") && outcome.output.contains("\nall "), "\(outcome)")
    for stage in [
      "embed gaussian-1-s1", "control: embed clean", "control: topology", "layouts", "report",
    ] {
      #expect(outcome.output.contains("\n\(stage) "), "\(stage) in \(outcome)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    let refused = try run(["sweep"] + small + ["--seeds", "2..0", "--dry-run"])
    #expect(
      refused.code == 2 && refused.error.contains("--seeds: noise.seeds is \"2..0\""), "\(refused)")
  }

  @Test func `without a report the run is the same, and a report that fails loses nothing`() throws
  {
    #expect(try folder.smallSweep("run", ["--no-report"]).code == 0)
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
    // A folder in the page's place cannot be written over.
    try FileManager.default.createDirectory(
      atPath: path("run/report.html"), withIntermediateDirectories: true)
    let failed = try folder.smallSweep("run")
    #expect(failed.code == 1 && failed.output.contains("run: 40 samples"), "\(failed)")
    #expect(failed.error.contains("the run is complete, but its report is not"))
    #expect(failed.error.contains("topoclip report run tries again"))
    #expect(try run(["report", "run"]).code == 1)
  }

  @Test func `a sweep of another configuration leaves no figures of the earlier one`() throws {
    let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")
    func figures() throws -> Set<String> {
      Set(try FileManager.default.contentsOfDirectory(atPath: path("run/figures")))
    }
    _ = try folder.write("<svg/>", "run/figures/accuracy.svg")
    _ = try folder.write("mine", "run/figures/my-accuracy.svg")
    _ = try folder.write("", "run/report.html")
    // The page is of no finished run: the first sweep takes it away, and the figures with it.
    #expect(try folder.smallSweep("run", ["--no-report"]).code == 0)
    #expect(try figures() == ["my-accuracy.svg"])
    #expect(try folder.smallSweep("run").code == 0)
    let drawn = try figures()
    #expect(drawn.contains("accuracy.svg") == hasGnuplot)
    // Nothing new to compute: page and figures are those of this run, and stay.
    #expect(try folder.smallSweep("run", ["--no-report"]).code == 0)
    #expect(try figures() == drawn)
    #expect(try folder.smallSweep("run", ["--no-report", "--levels", "0,2"]).code == 0)
    #expect(try figures() == ["my-accuracy.svg"])
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
  }

  @Test func `a second process in the same folder is told who works there, and changes nothing`()
    throws
  {
    func arguments(_ more: [String]) -> [String] { ["sweep"] + small + ["--output", "run"] + more }
    // A run that is there already: what is none is told so before anybody asks who works in it.
    #expect(try run(arguments(["--no-report", "--analyses", "zeroshot"])).code == 0)
    let first = try RunningProgram(arguments(["--no-report", "--quiet"]), in: folder.path)
    // Who holds it writes its name into it.
    func isHeld() -> Bool {
      FileManager.default.contents(atPath: path("run/lock"))?.isEmpty == false
    }
    for _ in 0..<3000 where !isHeld() { Thread.sleep(forTimeInterval: 0.01) }
    // Held where it stands, however slow the others are: else it may be done before they ask.
    kill(first.process.processIdentifier, SIGSTOP)
    defer { kill(first.process.processIdentifier, SIGCONT) }
    try #require(isHeld())
    for other in [
      arguments(["--seeds", "7", "--quiet"]), ["report", "run"], ["zeroshot", "run"],
      ["embed", "textures", "--model", "random:b32", "--output", "run", "--overwrite"],
    ] {
      let second = try ProgramRun(other, in: folder.path)
      #expect(second.code == 1, "\(second)")
      #expect(
        second.error.contains("run: process \(first.process.processIdentifier) of "), "\(second)")
    }
    // A look at what would be done needs no lock.
    #expect(try run(arguments(["--dry-run"])).code == 0)
    kill(first.process.processIdentifier, SIGCONT)
    let outcome = first.wait()
    #expect(outcome.code == 0, "\(outcome)")
    let manifest = try #require(try Manifest.read(RunDirectory(path("run"))))
    #expect(manifest.noiseSeeds == [0] && manifest.isFinished)
    for (name, digest) in manifest.outputs {
      #expect(try "\(Digest(ofFile: path("run/" + name)))" == digest, "\(name)")
    }
    #expect(!FileManager.default.fileExists(atPath: path("run/lock")))
  }

  @Test func `an extension that is killed ends as one that is not`() throws {
    #expect(try folder.smallSweep("whole", ["--no-report"]).code == 0)
    try FileManager.default.copyItem(atPath: path("whole"), toPath: path("killed"))
    let more = [
      "sweep", "--classes", "banded,chequered,dotted,woven", "--limit", "40", "--levels", "1,2",
      "--set", "angles.null-draws=3", "--analyses", "angles,topology", "--no-report", "--quiet",
      "--output",
    ]
    for attempt in 1...4 {
      let running = try RunningProgram(more + ["killed"], in: folder.path)
      Thread.sleep(forTimeInterval: 0.15 * Double(attempt))
      if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) }
      _ = running.wait()
    }
    #expect(try run(more + ["killed"]).code == 0)
    #expect(try run(more + ["whole"]).code == 0)
    let outputs = try Manifest.read(RunDirectory(path("whole")))?.outputs
    #expect(try Manifest.read(RunDirectory(path("killed")))?.outputs == outputs)
    for name in try #require(outputs).keys {
      #expect(
        FileManager.default.contentsEqual(
          atPath: path("whole/" + name), andPath: path("killed/" + name)), "\(name)")
    }
  }

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID())").path
  }

  @Test func `a sweep killed at any moment loses nothing that was finished`() throws {
    let model = try TinyModel()
    let dataset = try TinyDataset()
    let whole = temporary("whole")
    let killed = temporary("killed")
    defer {
      model.remove()
      dataset.remove()
      for path in [whole, killed] { try? FileManager.default.removeItem(atPath: path) }
    }
    func arguments(_ output: String) -> [String] {
      [
        "sweep", "--model", model.folder.path, "--dataset", dataset.folder.path, "--levels",
        (0..<40).map { "\(Double($0) / 10)" }.joined(separator: ","), "--output", output,
        "--set", "name=kill", "--set", "angles.rank=2", "--set", "angles.null-draws=2", "--quiet",
        "--no-report",  // a page holds the manifest's times
      ]
    }
    #expect(try ProgramRun(arguments(whole)).code == 0)
    var kills = 0
    for attempt in 1...30 {
      let running = try RunningProgram(arguments(killed))
      Thread.sleep(forTimeInterval: 0.1 * Double(attempt))
      if running.process.isRunning {
        kill(running.process.processIdentifier, SIGKILL)
        kills += 1
      }
      _ = running.wait()
      if running.process.terminationReason == .exit { break }
    }
    #expect(kills > 0)
    let outcome = try ProgramRun(arguments(killed))
    #expect(outcome.code == 0, "\(outcome.error)")
    for folder in ["", "embeddings", "confusion", "angles"] {
      let path = whole + "/" + folder
      for name in try FileManager.default.contentsOfDirectory(atPath: path)
      where name.contains(".") && name != "manifest.json" {
        let file = folder + "/" + name
        #expect(
          FileManager.default.contentsEqual(
            atPath: whole + "/" + file, andPath: killed + "/" + file),
          "\(file)")
      }
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends the sweep with 75 after the cell in hand`(signal: Int32) throws {
    let model = try TinyModel()
    let dataset = try TinyDataset()
    let path = temporary("signal")
    defer {
      model.remove()
      dataset.remove()
      try? FileManager.default.removeItem(atPath: path)
    }
    let arguments = [
      "sweep", "--model", model.folder.path, "--dataset", dataset.folder.path, "--levels",
      (0..<200).map { "\(Double($0) / 10)" }.joined(separator: ","), "--output", path, "--quiet",
      "--analyses", "zeroshot", "--no-report",
    ]
    let running = try RunningProgram(arguments)
    // As soon as a first cell is there.
    for _ in 0..<500 {
      let cells = (try? FileManager.default.contentsOfDirectory(atPath: path + "/cells")) ?? []
      if cells.contains(where: { $0.hasSuffix(".npy") && !$0.hasPrefix(".") }) { break }
      Thread.sleep(forTimeInterval: 0.01)
    }
    kill(running.process.processIdentifier, signal)
    let outcome = running.wait()
    #expect(outcome.code == 75)
    #expect(outcome.error.contains("run the same command again"))
    #expect(try ProgramRun(arguments).code == 0)
  }

  @Test(arguments: [
    (
      ["sweep", "--model", "bultin", "--dataset", "textures"],
      "bultin: no such folder; did you mean builtin?", 1
    ),
    (
      ["sweep", "--model", "builtin", "--dataset", "texture"],
      "texture: no such folder or file; did you mean textures?", 1
    ),
    (["sweep", "--set", "dataset.texture-size=3"], "expected a whole number from 16 to 2048", 2),
    (["sweep", "--limit", "10"], "--per-class", 1),
  ])
  func `a name that is nearly right gets a suggestion`(
    arguments: [String], part: String, code: Int
  ) throws {
    let outcome = try run(arguments)
    #expect(Int(outcome.code) == code && outcome.error.contains(part), "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [
    ["--nonsense"],
    ["--levels", "high", "--model", "m"],
    ["--threads", "0"],
    ["--set", "noise.levles=1"],
    ["--embeddings", "x", "--model", "m"],
    ["--levels", ""],
    ["--threads", "99999999999"],
    ["--precision", "float16"],
    ["--certify", "none"],
    ["--precision-tolerance", "0"],
    ["--backend", "mkl"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["sweep"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test(arguments: [
    (["--model", "builtin"], "--dataset textures"),
    (["--model", "/nowhere"], "/nowhere"),
    (["--embeddings", "/nowhere", "--dry-run"], "/nowhere"),
    (["/nowhere.yaml"], "/nowhere.yaml: no such file"),
  ])
  func `failures exit with 1 and name the thing`(arguments: [String], part: String) throws {
    let outcome = try ProgramRun(["sweep"] + arguments)
    #expect(outcome.code == 1)
    #expect(outcome.error.contains(part), "\(outcome.error)")
  }
}
