import Files
import Fixtures
import Foundation
import Runs
import Testing

@testable import Pairs

struct TablesManifestTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func manifest(_ tables: [String: String]) -> ScoreManifest {
    ScoreManifest(
      arguments: ["topoclip", "score"], configuration: [:], input: "pairs.csv", inputDigest: "ab",
      output: "results.csv", counts: .init(), outputs: tables.mapValues { "\(Digest(of: $0))" },
      stages: [])
  }

  /// Of the tables so many are written, by their names; nil for all, and the end.
  private func replace(by tables: [String: String], killedAfter written: Int? = nil) throws {
    var manifest = manifest(tables)
    let earlier = try ScoreManifest.earlier(in: folder.path)
    try manifest.replace(earlier, in: folder.path, clock: StageClock()) {
      for (name, text) in tables.sorted(by: { $0.key < $1.key }).prefix(written ?? .max) {
        _ = try folder.write(text, name)
      }
      if written != nil { throw FileError("x", "the disk is full") }
    }
  }

  @Test func `tables that are not written any more go, and what somebody else wrote stays`() throws
  {
    let elsewhere = try TemporaryFolder()
    let foreign = try elsewhere.write("c", "c.csv")
    try replace(by: ["a.csv": "a", "b.csv": "b", "d.csv": "d"])
    _ = try folder.write("b, by hand", "b.csv")
    // A manifest might name anything.
    var manifest = try #require(try ScoreManifest.earlier(in: folder.path))
    manifest.outputs["../\(URL(filePath: elsewhere.path).lastPathComponent)/c.csv"] =
      "\(Digest(of: "c"))"
    manifest.outputs[".."] = "\(Digest(of: ""))"
    try manifest.write(to: folder.path + "/score.json")

    try replace(by: ["a.csv": "anew"])
    #expect(
      try FolderContents.textNames(of: folder.path)?.sorted() == ["a.csv", "b.csv", "score.json"])
    #expect(try String(contentsOfFile: foreign, encoding: .utf8) == "c")
    let last = try #require(try ScoreManifest.earlier(in: folder.path))
    #expect(last.outputs == ["a.csv": "\(Digest(of: "anew"))"])
    #expect(last.finishedAt != nil)
  }

  @Test(arguments: 0...2)
  func `wherever among the tables an end comes, the next one tells what is whose`(written: Int)
    throws
  {
    try replace(by: ["a.csv": "a", "b.csv": "b", "same.csv": "same"])
    #expect(throws: FileError.self) {
      try replace(by: ["b.csv": "anew", "d.csv": "d", "same.csv": "same"], killedAfter: written)
    }
    let manifest = try #require(try ScoreManifest.earlier(in: folder.path))
    #expect(manifest.finishedAt == nil)
    #expect(Set(manifest.outputs.keys) == ["b.csv", "d.csv", "same.csv"])
    for name in try FolderContents.textNames(of: folder.path) ?? [] where name != "score.json" {
      #expect(
        try manifest.outputs[name] == "\(Digest(ofFile: folder.path + "/" + name))", "\(name)")
    }
    try replace(by: ["c.csv": "c"])
    #expect(try FolderContents.textNames(of: folder.path)?.sorted() == ["c.csv", "score.json"])
  }
}
