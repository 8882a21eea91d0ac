import Files
import Foundation
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// What no run refers to goes, and nothing that one does.
struct GarbageCollectionTests {
  private static let few = ["noise.levels=0,1", "analyses=zeroshot,geometry", "backend=panels"]

  private func collect(_ runs: [String], cache: String? = nil, isTrial: Bool = false) throws
    -> String
  {
    try GarbageCollection(runs, cache: cache, isTrial: isTrial).execute()
  }

  private func objects(_ folder: String) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
  }

  @Test func `a list has every cell and unit of the run, and a run again needs nothing else`()
    throws
  {
    let place = try SweepWorkplace()
    let path = place.output("run")
    _ = try place.sweep("run", Self.few).execute()
    let run = RunDirectory(path)
    let list = try #require(try ObjectList.read(run))
    #expect(Set(list.keys(.cell).map { "\($0).npy" }) == objects(run.file("cells")))
    #expect(Set(list.keys(.unit).map { "\($0).json" }) == objects(run.file("units")))
    #expect(try collect([path]).isEmpty)
  }

  @Test func `what other settings left goes, and the run is made again of what stays`() throws {
    let place = try SweepWorkplace()
    let path = place.output("run")
    _ = try place.sweep("run", Self.few).execute()
    let outputs = try place.outputs("run")
    let run = RunDirectory(path)
    let needed = (cells: objects(run.file("cells")), units: objects(run.file("units")))
    // Other images and other settings of the same folder: some work of theirs is left.
    _ = try place.sweep("run", Self.few + ["dataset.limit=9"], overwrites: true).execute()
    _ = try place.sweep("run", Self.few, overwrites: true).execute()
    let foreign = run.file("cells/notes.txt")
    try "mine".write(toFile: foreign, atomically: true, encoding: .utf8)
    let before = objects(run.file("cells")).union(objects(run.file("units")))
    let trial = try collect([path], isTrial: true)
    #expect(trial.contains("would be removed") && trial.contains("/cells: 2 cells"))
    #expect(objects(run.file("cells")).union(objects(run.file("units"))) == before)
    let said = try collect([path])
    #expect(said == trial.replacing("would be removed", with: "removed"))
    #expect(objects(run.file("cells")) == needed.cells.union(["notes.txt"]))
    #expect(objects(run.file("units")) == needed.units)
    _ = try place.sweep("run", Self.few).execute()
    #expect(try place.outputs("run") == outputs)
    #expect(try Manifest.read(run)?.cells?.cached == 2)
  }

  @Test func `analyses and conditions that were not made again keep their work`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.few).execute()
    _ = try place.sweep("run", ["noise.levels=2", "analyses=angles", "backend=panels"]).execute()
    let run = RunDirectory(place.output("run"))
    #expect(try collect([run.path]).isEmpty)
    let list = try #require(try ObjectList.read(run))
    #expect(Set(list.objects.filter { $0.kind == .cell }.map(\.subject)).count == 3)
    #expect(
      Set(list.objects.filter { $0.kind == .unit }.map(\.subject)).isSuperset(of: [
        "angles", "geometry",
      ]))
  }

  @Test func `of a shared folder stays what one of the runs refers to`() throws {
    let place = try SweepWorkplace()
    let cache = place.output("cache")
    let shared = Self.few + ["cache=\(cache)"]
    _ = try place.sweep("a", shared + ["dataset.limit=9"]).execute()
    _ = try place.sweep("b", shared).execute()
    let all = objects(cache)
    #expect(try collect([place.output("a"), place.output("b")], cache: cache).isEmpty)
    #expect(objects(cache) == all)
    let said = try collect([place.output("b")], cache: cache)
    #expect(said.contains("\(cache): 2 cells that no run refers to removed"))
    _ = try place.sweep("b", shared).execute()
    #expect(try Manifest.read(RunDirectory(place.output("b")))?.cells?.cached == 2)
  }

  @Test func `what is not finished, or no run, is refused before anything goes`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.few).execute()
    let run = RunDirectory(place.output("run"))
    let extra = run.file("cells/\(Digest(of: "x")).npy")
    try "x".write(toFile: extra, atomically: true, encoding: .utf8)
    #expect(throws: FileError.self) { try collect([run.path, place.output("none")]) }
    var manifest = try #require(try Manifest.read(run))
    manifest.finishedAt = nil
    try manifest.write(to: run)
    let error = #expect(throws: FileError.self) { try collect([run.path]) }
    #expect("\(try #require(error))".contains("is not finished"))
    manifest.finishedAt = Date()
    try manifest.write(to: run)
    try FileManager.default.removeItem(atPath: run.file("objects.csv"))
    #expect(throws: FileError.self) { try collect([run.path]) }
    #expect(FileManager.default.fileExists(atPath: extra))
  }

  @Test func `cells of a plan that is not merged yet stay`() throws {
    let place = try SweepWorkplace()
    _ = try Sweep(
      Experiment(place.source("run", Self.few)), arguments: ["test"], isQuiet: true
    ).execute()
    try place.plan("run", Self.few.dropFirst() + ["noise.levels=0,1,2"], shards: 2)
    for index in 0..<2 { try place.shard("run", index) }
    #expect(try collect([place.output("run")]).isEmpty)
    #expect(objects(place.output("run") + "/cells").count == 3)
  }
}
