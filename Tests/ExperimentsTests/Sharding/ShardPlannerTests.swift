import Files
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Experiments

/// A plan is refused where its merge would be, before any shard has worked.
struct ShardPlannerTests {
  private static let settings = ["noise.levels=0,1", "analyses=zeroshot", "backend=panels"]

  private func message(_ body: () throws -> Void) throws -> String {
    var found: (any Error)?
    do { try body() } catch { found = error }
    return "\(try #require(found))"
  }

  private func sweep(_ place: SweepWorkplace, _ settings: [String]) throws {
    _ = try Sweep(
      Experiment(place.source("run", settings)), arguments: ["test"], isQuiet: true
    ).execute()
  }

  @Test(arguments: [false, true])
  func `a folder with a run of other embeddings keeps it`(hasControl: Bool) throws {
    let place = try SweepWorkplace()
    let settings = Self.settings + ["control=\(hasControl)"]
    try sweep(place, settings)
    let before = try place.outputs("run")
    let others = settings + [hasControl ? "seed=9" : "dataset.classes=banded"]
    let error = try message { try place.plan("run", others) }
    #expect(error.contains("holds a finished run") && error.contains("its embeddings are others"))
    #expect(error.contains("--overwrite"))
    let run = RunDirectory(place.output("run"))
    #expect(try ShardPlan.read(run) == nil)
    #expect(try place.outputs("run") == before)

    // Said so, the merge replaces that run.
    try place.plan("run", others, overwrites: true)
    try place.shard("run", 0)
    #expect(try place.outputs("run") == before)
    let merging = try place.planned("run").merging()
    #expect(merging.overwrites)
    _ = try merging.execute()
    let after = try place.outputs("run")
    #expect(after != before)
    // And no other that comes after it.
    #expect(try !place.planned("run").merging().overwrites)
    _ = try place.planned("run").merging().execute()
    #expect(try place.outputs("run") == after)
  }

  @Test func `a run of the same embeddings is gone on with, whatever else is asked for`() throws {
    let place = try SweepWorkplace()
    try sweep(place, Self.settings)
    let before = try place.outputs("run")
    let more = ["noise.levels=0,1,2", "analyses=geometry", "backend=panels"]
    for overwrites in [false, true] {
      try place.plan("run", more, shards: overwrites ? 2 : 1, overwrites: overwrites)
      #expect(try !place.planned("run").sweep.overwrites)
    }
    for index in 0..<2 { try place.shard("run", index) }
    _ = try place.planned("run").merging().execute()
    let after = try place.outputs("run")
    #expect(after["geometry.csv"] != nil && after["accuracy.csv"] != nil)
    #expect(after["embeddings/clean.npy"] == before["embeddings/clean.npy"])
  }

  @Test func `tables without a manifest are refused, and replaced if so said`() throws {
    let place = try SweepWorkplace()
    try sweep(place, Self.settings)
    let run = RunDirectory(place.output("run"))
    try FileManager.default.removeItem(atPath: run.file(Manifest.fileName))
    #expect(
      try message { try place.plan("run", Self.settings) }.contains("without its manifest"))
    try place.plan("run", Self.settings, overwrites: true)
    try place.shard("run", 0)
    _ = try place.planned("run").merging().execute()
    #expect(try place.outputs("run")["accuracy.csv"] != nil)
  }

  @Test func `imported embeddings that are others are refused`() throws {
    let place = try SweepWorkplace()
    func write(_ first: Float) throws {
      try FileManager.default.createDirectory(
        atPath: place.output("elsewhere"), withIntermediateDirectories: true)
      let values: [Float] = [first, 0, 0, 1, 1, 1, -1, 0.5, 0.5, 2, 1, -1]
      try NumPyFile.encode(Matrix<Float>(rows: 6, columns: 2, values: values))
        .write(to: URL(filePath: place.output("elsewhere") + "/clean.npy"))
      try "row,class\n0,a\n1,b\n2,a\n3,b\n4,a\n5,b\n".write(
        toFile: place.output("elsewhere") + "/samples.csv", atomically: true, encoding: .utf8)
    }
    let source = try ExperimentSource(
      file: nil,
      assignments: [
        "embeddings=\(place.output("elsewhere"))", "output=\(place.output("run"))",
        "analyses=geometry",
      ].map { try Assignment(argument: $0) })
    func sweep() throws -> Sweep {
      try Sweep(Experiment(source), arguments: ["test"], isQuiet: true)
    }
    try write(1)
    _ = try sweep().execute()
    _ = try sweep().planShards(source, shards: 1, pack: nil)
    try write(2)
    #expect(
      try message { _ = try sweep().planShards(source, shards: 1, pack: nil) }.contains(
        "the embeddings of clean are others"))
  }

  @Test func `a baseline that is not there is told before shards work`() throws {
    let place = try SweepWorkplace()
    let settings = Self.settings + ["statistics.baseline=\(place.output("absent"))"]
    #expect(try message { try place.plan("run", settings) }.contains("absent"))
    #expect(!FileManager.default.fileExists(atPath: place.output("run")))
  }
}
