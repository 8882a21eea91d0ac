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
    let list = try #require(try ObjectList.read(run, recorded: nil, remedy: ""))
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
    let list = try #require(try ObjectList.read(run, recorded: nil, remedy: ""))
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

  @Test
  func
    `a list that is another than was recorded removes nothing, and comes back with the whole run`()
    throws
  {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.few).execute()
    let run = RunDirectory(place.output("run"))
    let whole = try String(contentsOfFile: run.file("objects.csv"), encoding: .utf8)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    let work = objects(run.file("cells")).union(objects(run.file("units")))
    // As a copy that was cut off leaves it, and as a disk that lost a bit.
    for damaged in [
      lines.prefix(2).joined(separator: "\n") + "\n",
      whole.replacing(/[0-9a-f]\n/, maxReplacements: 1) { $0.output == "0\n" ? "1\n" : "0\n" },
    ] {
      #expect(damaged != whole)
      try damaged.write(toFile: run.file("objects.csv"), atomically: true, encoding: .utf8)
      let error = #expect(throws: FileError.self) { try collect([run.path]) }
      #expect("\(try #require(error))".contains("is not as manifest.json has recorded it"))
      #expect(objects(run.file("cells")).union(objects(run.file("units"))) == work)
    }
    // Of a part of the run nobody can tell what the rest is made of.
    _ = try place.sweep("run", ["noise.levels=2", "analyses=angles", "backend=panels"]).execute()
    #expect(
      try ObjectList.read(run, recorded: nil, remedy: "") == nil
        && Manifest.read(run)?.objectsDigest == nil)
    #expect(throws: FileError.self) { try collect([run.path]) }
    _ = try place.sweep(
      "run", ["noise.levels=0,1,2", "analyses=zeroshot,geometry,angles", "backend=panels"]
    ).execute()
    #expect(try collect([run.path]).isEmpty)
    #expect(objects(run.file("cells")).union(objects(run.file("units"))).isSuperset(of: work))
  }

  @Test func `what is newer than the run stays: a sweep that was stopped may need it`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.few).execute()
    let run = RunDirectory(place.output("run"))
    let newer = run.file("cells/\(Digest(of: "x")).npy")
    try "x".write(toFile: newer, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 60)], ofItemAtPath: newer)
    #expect(
      try collect([run.path])
        == "\(run.file("cells")): 1 cell newer than the run stays: a sweep that was stopped may need it; the "
        + "run made again settles it\n")
    #expect(FileManager.default.fileExists(atPath: newer))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: newer)
    #expect(try collect([run.path]).contains("1 cell that no run refers to removed"))
    #expect(!FileManager.default.fileExists(atPath: newer))

    // A clock that was ahead when the run was finished.
    try "x".write(toFile: newer, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 60)], ofItemAtPath: newer)
    var manifest = try #require(try Manifest.read(run))
    manifest.finishedAt = Date(timeIntervalSinceNow: 86_400)
    try manifest.write(to: run)
    #expect(try collect([run.path]).contains("1 cell newer than the run stays"))
  }

  @Test func `of a shared folder stays what is newer than any of the runs`() throws {
    let place = try SweepWorkplace()
    let cache = place.output("cache")
    for name in ["a", "b"] { _ = try place.sweep(name, Self.few + ["cache=\(cache)"]).execute() }
    // The one run was finished two minutes before the other; it was then to be extended.
    let run = RunDirectory(place.output("a"))
    var manifest = try #require(try Manifest.read(run))
    manifest.finishedAt = Date(timeIntervalSinceNow: -120)
    try manifest.write(to: run)
    let cell = cache + "/\(Digest(of: "x")).npy"
    try "x".write(toFile: cell, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: cell)
    #expect(
      try collect([run.path, place.output("b")], cache: cache).contains(
        "1 cell newer than the oldest of the runs stays")
    )
    #expect(FileManager.default.fileExists(atPath: cell))
    #expect(try collect([place.output("b")], cache: cache).contains("1 cell that no run refers to"))
  }

  @Test func `what makes a list anew is named`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.few).execute()
    _ = try Reanalysis(
      place.output("run"), output: place.output("again"), assignments: [], arguments: ["test"],
      isQuiet: true
    ).execute()
    for (name, command) in [("run", "sweep"), ("again", "analyse")] {
      let path = place.output(name) + "/objects.csv"
      let whole = try FileContents.readText(path)
      for damaged in [whole + "\n", nil] {
        try FileManager.default.removeItem(atPath: path)
        if let damaged { try AtomicFile.write(damaged, to: path) }
        let error = #expect(throws: FileError.self) { try collect([place.output(name)]) }
        #expect(error?.problem.contains("topoclip \(command) with the run's own settings") == true)
      }
    }
  }

  @Test func `a part of a run that was killed before its end keeps the list of the rest`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.few).execute()
    let run = RunDirectory(place.output("run"))
    let before = try #require(try ObjectList.read(run, recorded: nil, remedy: "")).objects
    let more = ["noise.levels=2", "analyses=angles", "backend=panels"]
    // As it stands between its begin and its end.
    var manifest = try #require(try Manifest.read(run))
    (manifest.finishedAt, manifest.objectsDigest) = (nil, nil)
    try manifest.write(to: run)
    _ = try place.sweep("run", more).execute()
    #expect(
      try #require(try ObjectList.read(run, recorded: nil, remedy: "")).objects.isSuperset(
        of: before))
    #expect(try collect([run.path]).isEmpty)
  }

  @Test func `what the shards of a plan have finished is needed until they are merged`() throws {
    let place = try SweepWorkplace()
    let cache = place.output("cache")
    _ = try Sweep(
      Experiment(place.source("run", Self.few + ["cache=\(cache)"])), arguments: ["test"],
      isQuiet: true
    ).execute()
    let planned =
      Self.few.dropFirst() + ["noise.levels=0,1,2", "control=true", "cache=\(cache)"]
    try place.plan("run", Array(planned), shards: 2)
    for stage in ShardStage.allCases { for index in 0..<2 { try place.shard("run", index, stage) } }
    let all = objects(cache).union(objects(cache + "/units"))
    let error = #expect(throws: FileError.self) { try collect([place.output("run")], cache: cache) }
    #expect("\(try #require(error))".contains("is not merged of it"))
    #expect(objects(cache).union(objects(cache + "/units")) == all)
    _ = try place.planned("run").merging().execute()
    _ = try collect([place.output("run")], cache: cache)
    #expect(objects(cache).filter { $0.hasSuffix(".npy") }.count == 6)
    // A control that has lost its list is a run that has.
    try FileManager.default.removeItem(atPath: place.output("run") + "/control/manifest.json")
    #expect(throws: FileError.self) { try collect([place.output("run")], cache: cache) }
  }
}
