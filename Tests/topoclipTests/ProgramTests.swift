import Files
import Fixtures
import Foundation
import ModelFixtures
import Testing

/// The program as a user meets it: a process, its streams and its exit code.
@Suite(.serialized)
struct ProgramTests {
  private func run(_ arguments: [String], input: String = "") throws -> ProgramRun {
    try ProgramRun(arguments, input: input)
  }

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID())").path
  }

  @Test func `help and version end well`() throws {
    let help = try run(["--help"])
    #expect(help.code == 0 && help.output.contains("sweep") && help.error.isEmpty)
    #expect(try run(["--version"]).output.hasPrefix("topoclip 0."))
    for command in [
      "sweep", "embed", "zeroshot", "angles", "persistence", "distance", "tokenize", "benchmark",
    ] {
      let help = try run([command, "--help"])
      #expect(help.code == 0 && help.output.contains("USAGE"))
      if command != "benchmark" { #expect(help.output.contains("xample"), "\(command)") }
    }
  }

  @Test(arguments: [
    ["nonsense"], ["sweep", "--nonsense"], ["sweep", "--levels", "high", "--model", "m"],
    ["sweep", "--threads", "0"], ["sweep", "--set", "noise.levles=1"], ["angles", "a.npy"],
    ["angles", "a.npy", "b.npy", "--rank", "few"], ["zeroshot"],
    ["benchmark", "encoder", "--batches", "x"], ["tokenize"],
    ["sweep", "--embeddings", "x", "--model", "m"], ["sweep", "--levels", ""],
    ["sweep", "--threads", "99999999999"], ["zeroshot", "run", "--split", "test"],
    ["zeroshot", "run", "--text", "t.npy"],
    ["zeroshot", "run", "--output", "o", "--logit-scale", "nan"],
    ["zeroshot", "--embeddings", "x", "--text", "t", "--labels", "l", "--split", "test"],
    ["persistence"], ["persistence", "x.npy", "--prime", "4"],
    ["persistence", "x.npy", "--prime", "65537"],
    ["persistence", "x.npy", "--distances", "--sparse"], ["persistence", "x.npy", "--scale", "0"],
    ["persistence", "x.npy", "--metric", "hamming"],
    ["persistence", "x.npy", "--distances", "--metric", "cosine"],
    ["persistence", "x.npy", "--threshold", "nan"],
    ["persistence", "x.npy", "--summaries", "betti"], ["persistence", "x.npy", "--format", "npz"],
    ["persistence", "x.npy", "--summaries", "beti", "--output", "o"],
    ["distance", "a.csv"], ["distance", "a.csv", "b.csv", "--order", "2"],
    ["distance", "a.csv", "b.csv", "--tolerance", "-1"],
    ["distance", "a.csv", "--pairs", "p.csv"], ["benchmark", "topology", "--workloads", "nothing"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test(arguments: [
    (["embed"], "--model builtin"), (["sweep", "--model", "builtin"], "--dataset textures"),
    (["sweep", "--model", "/nowhere"], "/nowhere"),
    (["angles", "/nowhere.npy", "/nowhere.npy"], "/nowhere.npy: no such file"),
    (["zeroshot", "/nowhere"], "/nowhere/samples.csv"),
    (["sweep", "--embeddings", "/nowhere", "--dry-run"], "/nowhere"),
    (["sweep", "/nowhere.yaml"], "/nowhere.yaml: no such file"),
    (["tokenize", "--model", "/nowhere"], "/nowhere"),
  ])
  func `failures exit with 1 and name the thing`(arguments: [String], part: String) throws {
    let outcome = try run(arguments)
    #expect(outcome.code == 1)
    #expect(outcome.error.contains(part), "\(outcome.error)")
  }

  @Test func `tokenize writes an array a line`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let outcome = try run(
      ["tokenize", "--model", model.folder.path, "--plain"], input: "\"ab\"\n\"A b\"\n\"\"\n")
    #expect(outcome.code == 0)
    // Byte symbols in CLIP's order start at "!"; a word's last one is 256 higher.
    #expect(outcome.output == "[64, 321]\n[320, 321]\n[]\n")
    let padded = try run(["tokenize", "--model", model.folder.path], input: "\"ab\"\n")
    let ids = padded.output.dropFirst().dropLast(2).split(separator: ", ")
    #expect(ids.count == 77 && ids.prefix(4) == ["512", "64", "321", "513"])
    let bad = try run(["tokenize", "--model", model.folder.path], input: "\"a\"\nb\n")
    #expect(bad.code == 1 && bad.error.contains("line 2 is not a JSON string"))
  }

  @Test func `angles of two planes, by hand`() throws {
    let folder = temporary("angles")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // The plane of the first two axes, and it turned by 0.3 about the first.
    try Data("1,0,0\n0,1,0\n".utf8).write(to: URL(filePath: folder + "/a.csv"))
    let turned = "1,0,0\n0,\(cos(0.3)),\(sin(0.3))\n"
    try Data(turned.utf8).write(to: URL(filePath: folder + "/b.csv"))
    let outcome = try run(
      ["angles", folder + "/a.csv", folder + "/b.csv", "--no-center", "--rank", "full"])
    #expect(outcome.code == 0)
    let rows = outcome.output.split(separator: "\n").dropFirst().map {
      Double($0.split(separator: ",")[1]) ?? .nan
    }
    #expect(rows.count == 2 && abs(rows[0]) < 1e-9 && abs(rows[1] - 0.3) < 1e-9)
    #expect(outcome.error.contains("k = 2 of 3"))
    let file = folder + "/c.csv"
    let quiet = try run(
      ["angles", folder + "/a.csv", folder + "/b.csv", "--quiet", "--output", file])
    #expect(quiet.code == 0 && quiet.output.isEmpty && quiet.error.isEmpty)
    // Centred, each pair of rows spans the line of their difference.
    let angle = try #require(
      String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").last)
    let cosine = (1 + cos(0.3)) / 2
    #expect(abs((Double(angle.dropFirst(2)) ?? .nan) - acos(cosine)) < 1e-9)
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
    #expect(try run(arguments(whole)).code == 0)
    var kills = 0
    for attempt in 1...30 {
      let running = try RunningProgram(arguments(killed))
      Thread.sleep(forTimeInterval: 0.02 * Double(attempt))
      if running.process.isRunning {
        kill(running.process.processIdentifier, SIGKILL)
        kills += 1
      }
      _ = running.wait()
      if running.process.terminationReason == .exit { break }
    }
    #expect(kills > 0)
    let outcome = try run(arguments(killed))
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
      (0..<400).map { "\(Double($0) / 10)" }.joined(separator: ","), "--output", path, "--quiet",
      "--analyses", "zeroshot",
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
    #expect(try run(arguments).code == 0)
  }
}
