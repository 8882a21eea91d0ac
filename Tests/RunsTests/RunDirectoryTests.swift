import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

@Suite struct RunDirectoryTests {
  private let folder: TemporaryFolder
  private let run: RunDirectory

  init() throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path)
  }

  @Test func `digests are of what this process wrote, whatever another makes of the file`() throws {
    let samples = SampleTable(paths: ["a.png"], classNames: ["a"], splits: [""])
    try run.writeSamples(samples)
    try run.write("<p>", RunDirectory.page)
    let digests = RunDirectory.digests(of: samples)
    #expect(run.written == digests)  // a page is no result
    _ = try folder.write("row,path,class,split\n0,b.png,b,\n", "samples.csv")
    let copy = run
    #expect(copy.written == digests)
    #expect(try "\(Digest(ofFile: run.file("samples.csv")))" != digests["samples.csv"])
    #expect(RunDirectory(folder.path).written.isEmpty)
  }

  /// A manifest of a run of two conditions that has recorded one of them.
  private func manifest(isFinished: Bool) throws -> Manifest {
    var manifest = try JSONDecoder().decode(Manifest.self, from: Data("{}".utf8))
    manifest.configuration[Manifest.conditionsKey] = "clean,gaussian-1-s0"
    manifest.outputs = ["embeddings/clean.npy": "x", "conditions.csv": "x"]
    if isFinished { manifest.finishedAt = Date() }
    return manifest
  }

  private let embedded = ["clean", "gaussian-1-s0", "mynoise-2", "gaussian-1.0-s0"]
    .map { "embeddings/\($0).npy" }

  @Test(arguments: [true, false])
  func `what no manifest has recorded and no condition names is somebody's`(
    isFinished: Bool
  ) throws {
    for name in embedded { _ = try folder.write("x", name) }
    let manifest = try manifest(isFinished: isFinished)
    let conditions = manifest.conditionNames.compactMap { Condition(name: $0) }
    let foreign = try run.removeStale(
      [RunDirectory.embeddings], of: manifest, conditions: conditions, except: [embedded[2]])
    // What an interrupted run wrote is not recorded yet.
    let stay = [embedded[3]] + (isFinished ? [embedded[1]] : [])
    #expect(foreign == stay.sorted())
    #expect(
      try Set(run.contents("embeddings").map { "embeddings/" + $0 })
        == Set(stay + [embedded[2]]))
  }

  @Test func `a run that begins anew leaves what is somebody's, its control's too`() throws {
    for name in embedded {
      for folder in ["", "control/"] { _ = try self.folder.write("x", folder + name) }
    }
    for (folder, isFinished) in [(folder.path, true), (run.file("control"), false)] {
      try manifest(isFinished: isFinished).write(to: RunDirectory(folder))
      try RunDirectory(folder).writeConditions([.clean])
    }
    #expect(
      try run.removeResults(RunDirectory.files)
        == (embedded[2...].map { "control/" + $0 } + embedded[1...]).sorted {
          ($0.hasPrefix("control") ? "" : "x", $0) < ($1.hasPrefix("control") ? "" : "x", $1)
        })
    #expect(try run.existing(RunDirectory.files).count == 3)
  }

  @Test func `only declared files go, and their control's with them`() throws {
    let names = [
      "samples.csv", "embeddings/clean.npy", "embeddings/notes.npy", "cells/notes", "notes.md",
      "control/manifest.json", "control/samples.csv", "control/notes.md", "manifest.json",
    ]
    for name in names { _ = try folder.write("{}", name) }
    try run.remove([SampleColumns.file, RunDirectory.embeddings], except: ["embeddings/clean.npy"])
    #expect(try run.contents("embeddings").count == 2)
    #expect(try run.existing([SampleColumns.file]).isEmpty)
    try run.removeResults(RunDirectory.files)
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.contains("notes") || $0.contains(".") }
    #expect(
      Set(left) == ["embeddings/notes.npy", "cells/notes", "notes.md", "control/notes.md"])
  }

  /// Regression: a class twice was told of samples.csv, without its name.
  @Test func `a list of classes names what is wrong with it, and where`() throws {
    let folder = try TemporaryFolder()
    func problem(_ text: String) throws -> String {
      let path = try folder.write(text, "classes.csv")
      let error = #expect(throws: FileError.self) { try RunDirectory.readClasses(path) }
      #expect(error?.description.hasPrefix("\(path): line ") == true)
      return error?.description ?? ""
    }
    #expect(
      try problem("index,class\n0,a\n1,b\n2,a\n").contains(
        "line 4: the class \"a\" stands on line 2 too; each has one line"))
    #expect(try problem("index,class\n0,a\n1,\n").contains("line 3: the class is empty"))
    #expect(
      try RunDirectory.readClasses(folder.write("index,class\n0,b\n1,a\n", "classes.csv"))
        == ["b", "a"])
    let other = #expect(throws: FileError.self) {
      try RunDirectory.readClasses(
        folder.write("index,class\n0,\u{E9}\n1,e\u{301}\n", "classes.csv"))
    }
    #expect(other?.description.contains("at line 3 is spelled otherwise at line 2") == true)
  }
  /// Regression, found by fuzzing: they came as the file has them.
  @Test func `conditions come clean first and in order, however their list stands`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      "condition,noise,level,seed\nfog-3,fog,3,\ngaussian-1-s0,gaussian,1,0\nclean,none,0,\n"
        + "gaussian-0.5-s0,gaussian,0.5,0\n", "conditions.csv")
    #expect(
      try RunDirectory(folder.path).conditions().map(\.name)
        == ["clean", "gaussian-0.5-s0", "gaussian-1-s0", "fog-3"])
  }
}
