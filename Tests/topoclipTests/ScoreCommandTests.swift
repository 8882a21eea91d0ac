import Files
import Fixtures
import Foundation
import ModelFixtures
import Testing

/// `score` as a user meets it.
@Suite(.serialized)
final class ScoreCommandTests {
  private let folder: TemporaryFolder
  private let model: TinyModel

  init() throws {
    folder = try TemporaryFolder()
    model = try TinyModel()
    for index in 0..<6 {
      _ = try folder.write(
        TinyDataset.image(classIndex: index % 3, index: index).pngData(), "images/\(index).png")
    }
  }

  deinit { model.remove() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func arguments(_ pairs: String, _ output: String) -> [String] {
    [
      "score", path(pairs), "--images-dir", path("images"), "--model", model.folder.path,
      "--output", path(output), "--quiet",
    ]
  }

  /// A table of many captions, each its own, over six images, some of which are not there.
  private func write(_ rows: Int) throws {
    var csv = "url,caption\n"
    for row in 0..<rows {
      csv += "https://h/\(row % 7).png,\"caption \(row), of \(row * 7919 % 1000)\"\n"
    }
    _ = try folder.write(csv, "pairs.csv")
  }

  @Test func `a table is scored, and two folders are`() throws {
    try write(14)
    let outcome = try ProgramRun(arguments("pairs.csv", "out/results.csv"))
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("14 rows, 12 with a score"))
    #expect(try CSV(path: path("out/results.csv")).records.count == 14)
    #expect(
      try FolderContents.names(of: path("out")) == ["results-report", "results.csv", "stats.log"])
    for index in 0..<5 { _ = try folder.write("text \(index)\n", "texts/\(index).txt") }
    let folders = try ProgramRun([
      "score", "--images", path("images"), "--texts", path("texts"), "--model", model.folder.path,
      "--output", path("folders.csv"),
    ])
    #expect(folders.code == 0, "\(folders)")
    let table = try CSV(path: path("folders.csv"))
    #expect(table.records.map { $0.fields[0] } == (0..<6).map { "\($0).png" })
    #expect(table.records[5].fields.last?.contains("no text of this name") == true)
  }

  @Test func `options that do not go together are usage`() throws {
    try write(1)
    for (given, word) in [
      (["score"], "give a CSV of pairs"),
      (["score", path("pairs.csv"), "--images", "x", "--texts", "y"], "in its place"),
      (["score", "--images", "x"], "--texts"),
      (["score", "--images", "x", "--texts", "y", "--image-column", "z"], "belongs to a CSV"),
      (["score", path("pairs.csv"), "--output", path("pairs.csv")], "is read, and would be"),
      (["score", path("pairs.csv"), "--on-missing", "drop"], "expected keep or fail"),
      (["score", path("pairs.csv"), "--batches", "1001"], "--batches 1001"),
    ] {
      let outcome = try ProgramRun(given)
      #expect(outcome.code == 2 && outcome.error.contains(word), "\(given): \(outcome)")
    }
  }

  @Test func `a work folder of others' files is left alone`() throws {
    try write(3)
    _ = try folder.write("mine", "out/results.csv.work/thesis.txt")
    let outcome = try ProgramRun(arguments("pairs.csv", "out/results.csv"))
    #expect(outcome.code == 1 && outcome.error.contains("thesis.txt"), "\(outcome)")
  }

  /// The moments are whatever the machine makes of them: between pieces, in one, while draws are made or results
  /// written.
  @Test func `a scoring that is killed at any moment and run again gives the same bytes`() throws {
    try write(30_000)
    let further = ["--batches", "3", "--batch-size", "5000"]
    let whole = try ProgramRun(arguments("pairs.csv", "whole/results.csv") + further)
    try #require(whole.code == 0, "\(whole)")
    let expected = try Digest(ofFile: path("whole/results.csv"))
    let start = ContinuousClock.now
    var kills = 0
    var ended: Int32?
    for attempt in 1...40 where ended == nil {
      let running = try RunningProgram(arguments("pairs.csv", "cut/results.csv") + further)
      Thread.sleep(forTimeInterval: 0.15 * Double(attempt))
      if running.process.isRunning {
        kill(running.process.processIdentifier, attempt.isMultiple(of: 4) ? SIGINT : SIGKILL)
        kills += 1
      }
      let outcome = running.wait()
      if running.process.terminationReason == .exit, outcome.code != 75 { ended = outcome.code }
    }
    if ended == nil {
      ended = try ProgramRun(arguments("pairs.csv", "cut/results.csv") + further).code
    }
    #expect(ended == 0 && kills > 0, "\(ContinuousClock.now - start)")
    #expect(try Digest(ofFile: path("cut/results.csv")) == expected)
    #expect(
      try FolderContents.names(of: path("cut"))?.filter { !$0.hasPrefix(".") } == [
        "results-report", "results.csv", "stats.log",
      ])
  }
}
