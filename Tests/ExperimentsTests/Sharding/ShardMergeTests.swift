import Files
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Experiments

/// Whatever the number of shards and the order in which they end, the run is that of one sweep.
struct ShardMergeTests {
  @Test func `one shard, seven in any order and a sweep write the same bytes`() throws {
    let place = try SweepWorkplace()
    _ = try Sweep(
      Experiment(place.source("sweep", SweepWorkplace.planned)), arguments: ["test"], isQuiet: true
    ).execute()
    let expected = try place.outputs("sweep")
    #expect(expected.count > 100 && expected["link.csv"] != nil)

    try place.plan("one")
    try place.shard("one", 0)
    _ = try place.planned("one").merging().execute()
    #expect(try place.outputs("one") == expected)

    try place.plan("seven", shards: 7)
    for index in [3, 0, 6, 1, 5, 2, 4] { try place.shard("seven", index) }
    // Some units by shards, in an order in which what they read is not there; the others by the merge.
    for index in [6, 2] { try place.shard("seven", index, .analyses) }
    _ = try place.planned("seven").merging().execute()
    #expect(try place.outputs("seven") == expected)
    // A merge of what is merged changes nothing.
    _ = try place.planned("seven").merging().execute()
    #expect(try place.outputs("seven") == expected)
  }

  @Test func `all units by shards leave none to the merge`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", shards: 3)
    for stage in ShardStage.allCases { for index in 0..<3 { try place.shard("run", index, stage) } }
    let planned = try place.planned("run")
    let units = try planned.run.contents("units").count
    _ = try planned.merging().execute()
    #expect(try planned.run.contents("units").count == units)
    #expect(try ShardStage.allCases.map { try planned.missing($0) } == [[], []])
  }

  @Test func `a merge that computed the units leaves nothing to submit`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", shards: 2)
    for index in 0..<2 { try place.shard("run", index) }
    #expect(try !SubmittedPlan(run: place.output("run")).isMerged)
    _ = try place.planned("run").merging().execute()
    let submitted = try SubmittedPlan(run: place.output("run"))
    #expect(submitted.isMerged && submitted.missing[.analyses] == [])
    #expect(submitted.doneText.contains("nothing to do"))
    let run = RunDirectory(place.output("run"))
    #expect(try ShardStatus(run).table.hasSuffix("\nmerged: the run is finished\n"))
    // The same plan again is the same.
    try place.plan("run", shards: 2)
    #expect(try SubmittedPlan(run: place.output("run")).isMerged)
    // A record that is gone is missed, whatever became of the run.
    try FileManager.default.removeItem(atPath: run.file("shards/1/embeddings.json"))
    #expect(try SubmittedPlan(run: place.output("run")).missing[.embeddings] == [1])
    try place.shard("run", 1)
    // A sweep that adds to the run makes another of it, which a merge takes in.
    _ = try Sweep(
      Experiment(place.source("run", Array(SweepWorkplace.planned + ["noise.levels=0,0.5,1,2,3"]))),
      arguments: ["test"], isQuiet: true
    ).execute()
    #expect(try !SubmittedPlan(run: place.output("run")).isMerged)
    _ = try place.planned("run").merging().execute()
    #expect(try SubmittedPlan(run: place.output("run")).isMerged)
  }

  @Test func `what is missing is named, with its shards`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", shards: 4)
    for index in [0, 2] { try place.shard("run", index) }
    let planned = try place.planned("run")
    #expect(try planned.missing(.embeddings) == [1, 3])
    let error = #expect(throws: FileError.self) { _ = try planned.merging() }
    #expect("\(try #require(error))".contains("of the shards 1,3: topoclip shard"))
    #expect(throws: FileError.self) { try place.shard("run", 0, .analyses) }
    // Nothing was begun.
    #expect(try Manifest.read(planned.run) == nil)
  }

  @Test func `removing one object recomputes exactly one cell`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", shards: 2)
    for index in 0..<2 { try place.shard("run", index) }
    _ = try place.planned("run").merging().execute()
    let expected = try place.outputs("run")
    let planned = try place.planned("run")
    let cell = try #require(planned.tables.cells.first { $0.shard == 1 })
    let path = planned.run.file(
      (cell.part == .control ? "control/" : "") + "cells/\(cell.key).npy")
    let whole = try Data(contentsOf: URL(filePath: path))
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: FileError.self) { _ = try planned.merging() }
    #expect(try place.shard("run", 0).contains(" 0 made now"))
    #expect(try place.shard("run", 1).contains(" 1 made now (\(cell.images) embeddings)"))
    #expect(try Data(contentsOf: URL(filePath: path)) == whole)
    _ = try planned.merging().execute()
    #expect(try place.outputs("run") == expected)
  }

  @Test func `a sweep that was there is extended`() throws {
    let place = try SweepWorkplace()
    let few = SweepWorkplace.planned.dropFirst(2) + ["noise.levels=0,1"]
    _ = try Sweep(
      Experiment(place.source("run", Array(few))), arguments: ["test"], isQuiet: true
    ).execute()
    try place.plan("run", shards: 2)
    for index in 0..<2 { try place.shard("run", index) }
    _ = try place.planned("run").merging().execute()
    _ = try Sweep(
      Experiment(place.source("sweep", SweepWorkplace.planned)), arguments: ["test"], isQuiet: true
    ).execute()
    #expect(try place.outputs("run") == place.outputs("sweep"))
  }

  @Test func `embeddings made elsewhere have no cells, and units`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("made", ["analyses=zeroshot,topology", "topology.halvings=3"]).execute()
    let settings = [
      "embeddings=\(place.output("made"))/embeddings", "analyses=geometry,topology",
      "topology.halvings=3",
    ]
    func source(_ name: String) throws -> ExperimentSource {
      try ExperimentSource(
        file: nil,
        assignments: (settings + ["name=made", "output=\(place.output(name))"]).map {
          try Assignment(argument: $0)
        })
    }
    for file in ["samples.csv", "classes.csv"] {
      try FileManager.default.copyItem(
        atPath: place.output("made") + "/" + file,
        toPath: place.output("made") + "/embeddings/" + file)
    }
    _ = try Sweep(Experiment(source("sweep")), arguments: ["test"], isQuiet: true).execute()
    let planned = try source("run")
    _ = try Sweep(Experiment(planned), arguments: ["test"], isQuiet: true)
      .planShards(planned, shards: 2, pack: nil)
    for index in 0..<2 {
      #expect(try place.shard("run", index).contains(": 0 cells"))
      try place.shard("run", index, .analyses)
    }
    _ = try place.planned("run").merging().execute()
    #expect(try place.outputs("run") == place.outputs("sweep"))
  }

  @Test func `a cache that a machine does not see costs no shard its record`() throws {
    let place = try SweepWorkplace()
    let cache = place.output("cache")
    try place.plan("run", SweepWorkplace.planned + ["cache=\(cache)"], shards: 3)
    for index in 0..<3 { try place.shard("run", index) }
    let run = RunDirectory(place.output("run"))
    try FileManager.default.moveItem(atPath: cache, toPath: cache + "-elsewhere")
    for attempt in [
      { _ = try place.planned("run").merging() },
      { _ = try place.shard("run", 0, .analyses) },
    ] {
      let error = #expect(throws: FileError.self) { try attempt() }
      #expect(error?.file == cache && error?.problem.contains("holds no cell of the plan") == true)
      #expect(try ShardStatus(run).missing(.embeddings).isEmpty)
    }
    try? FileManager.default.removeItem(atPath: cache)
    try FileManager.default.moveItem(atPath: cache + "-elsewhere", toPath: cache)
    _ = try place.planned("run").merging().execute()
  }

  @Test func `a shard whose cells are lost or damaged is missing again, and makes them`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", shards: 3)
    for index in 0..<3 { try place.shard("run", index) }
    let run = RunDirectory(place.output("run"))
    func path(_ shard: Int) throws -> String {
      let tables = try place.planned("run").tables
      let cell = try #require(tables.cells.first { $0.shard == shard })
      return run.file((cell.part == .control ? "control/" : "") + "cells/\(cell.key).npy")
    }
    #expect(try ShardStatus(run).missing(.embeddings).isEmpty)
    for shard in [0, 2] { try FileManager.default.removeItem(atPath: path(shard)) }
    #expect(throws: FileError.self) { _ = try place.planned("run").merging() }
    #expect(try ShardStatus(run).missing(.embeddings) == [0, 2])
    #expect(try SubmittedPlan(run: run.path).missing[.embeddings] == [0, 2])
    for shard in [0, 2] { #expect(try place.shard("run", shard).contains(" 1 made now")) }
    #expect(try ShardStatus(run).missing(.embeddings).isEmpty)

    var bytes = try Data(contentsOf: URL(filePath: path(1)))
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: URL(filePath: path(1)))
    let failures = (0..<3).filter { (try? place.shard("run", $0, .analyses)) == nil }
    #expect(!failures.isEmpty)
    #expect(try ShardStatus(run).missing(.embeddings) == [1])
    #expect(try place.shard("run", 1).contains(" 1 made now"))
    for index in 0..<3 { try place.shard("run", index, .analyses) }
    #expect(try ShardStatus(run).missing(.analyses).isEmpty)
  }
}
