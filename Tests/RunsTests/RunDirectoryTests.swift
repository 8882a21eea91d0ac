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
}
