import Embedding
import Files
import Foundation
import ModelFixtures
import Runs
import Testing

@testable import Experiments

/// What a plan fixes, and who is refused.
struct ShardPlanTests {
  private static let settings = ["noise.levels=0,1", "analyses=zeroshot", "backend=panels"]

  private func text(_ place: SweepWorkplace, _ file: String = "plan.json") throws -> String {
    try String(contentsOfFile: place.output("run") + "/" + file, encoding: .utf8)
  }

  private func write(_ text: String, _ place: SweepWorkplace, _ file: String = "plan.json") throws {
    try text.write(toFile: place.output("run") + "/" + file, atomically: true, encoding: .utf8)
  }

  private func message(_ body: () throws -> Void) throws -> String {
    var found: (any Error)?
    do { try body() } catch { found = error }
    return "\(try #require(found))"
  }

  @Test func `the same experiment has the same identifier, another one or another number another`()
    throws
  {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    let first = try ShardPlan(of: RunDirectory(place.output("run")))
    try place.plan("run", Self.settings, shards: 3)
    #expect(try ShardPlan(of: RunDirectory(place.output("run"))).identifier == first.identifier)
    #expect(first.identifier.count == 64 && first.counts.cells == 2)
    let error = try message { try place.plan("run", Self.settings, shards: 4) }
    #expect(error.contains("has the plan \(first.shortIdentifier) of 3 shards already"))
    try place.plan("run", Self.settings, shards: 4, overwrites: true)
    let second = try ShardPlan(of: RunDirectory(place.output("run")))
    #expect(second.identifier != first.identifier && second.shards == 4)
  }

  @Test func `where the run lies is no part of the identifier`() throws {
    let place = try SweepWorkplace()
    func identifier(_ name: String) throws -> String {
      try place.plan(name, Self.settings, shards: 3)
      return try ShardPlan(of: RunDirectory(place.output(name))).identifier
    }
    #expect(try identifier("run") == identifier("elsewhere"))
  }

  @Test func `a shard whose plan was replaced meanwhile leaves no record`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 2)
    let planned = try place.planned("run")
    let earlier = planned.plan.shortIdentifier
    try place.plan("run", Self.settings, shards: 3, overwrites: true)
    let error = try message { _ = try Shard(planned, 0, .embeddings, isQuiet: true).execute() }
    #expect(error.contains("while a shard of \(earlier) was at work"), "\(error)")
    let status = try ShardStatus(RunDirectory(place.output("run")))
    #expect(status.missing(.embeddings) == [0, 1, 2])
    // What it has made is there.
    #expect(try place.shard("run", 0).contains(" 0 made now"))
  }

  @Test func `as many shards as hold so many cells`() throws {
    let place = try SweepWorkplace()
    let levels = ["noise.levels=0,0.5,1,1.5,2", "analyses=zeroshot"]
    try place.plan("run", levels, shards: nil, pack: 2)
    #expect(try ShardPlan(of: RunDirectory(place.output("run"))).shards == 3)
    #expect(throws: RunError.self) {
      try place.plan("other", levels, shards: ShardPlan.numbers.upperBound + 1)
    }
    // Nothing of a plan that is refused is left.
    #expect(!FileManager.default.fileExists(atPath: place.output("other")))
  }

  @Test(arguments: [
    ("\"shards\" : 3", "\"shards\" : 2"), ("noise.levels", "noise.severities"),
    ("\"plan_id\" : \"", "\"plan_id\" : \"0"),
    ("embedding_kernels\" : \"", "embedding_kernels\" : \"x"),
  ])
  func `a plan that was changed is refused`(change: (from: String, to: String)) throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    let whole = try text(place)
    #expect(whole.contains(change.from))
    let changed = whole.replacing(change.from, with: change.to, maxReplacements: 1)
    for (text, words) in [
      (changed, "is damaged"),
      (changed.replacing(/.*"_sha256".*\n/, with: ""), "is not as it was written"),
    ] {
      try write(text, place)
      let error = try message { try place.shard("run", 0) }
      #expect(error.contains(words) && error.contains("plan --overwrite"), "\(error)")
    }
  }

  @Test func `a shared folder by a relative path is nowhere but where it was planned`() throws {
    let place = try SweepWorkplace()
    let cache = "cells-\(UUID())"
    try place.plan("run", Self.settings + ["cache=\(cache)"], shards: 3)
    let folder = FileManager.default.currentDirectoryPath
    let elsewhere = try text(place).replacing(/.*"_sha256".*\n/, with: "")
      .replacing("\"\(folder)\"", with: "\"/nowhere\"")
    try write(elsewhere, place)
    let error = try message { try place.shard("run", 0) }
    #expect(error.contains("/nowhere") && error.contains("--cache \(cache)"), "\(error)")
    #expect(!FileManager.default.fileExists(atPath: folder + "/" + cache))
  }

  @Test func `what decides nothing is compared too`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    let folder = FileManager.default.currentDirectoryPath
    let whole = try text(place)
    let changed = whole.replacing("\"\(folder)\"", with: "\"/elsewhere\"")
    #expect(changed != whole)
    try write(changed, place)
    #expect(try message { try place.shard("run", 0) }.contains("is damaged"))
  }

  @Test(arguments: ["", "{", "[]", "{\"plan_id\": 3}"])
  func `what is no plan is told`(content: String) throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    try write(content, place)
    let error = try message { _ = try ShardStatus(RunDirectory(place.output("run"))) }
    #expect(error.contains("plan.json") && error.contains("is not a plan that this version wrote"))
  }

  @Test(arguments: ["plan/images.csv", "plan/cells.csv", "plan/units.csv"])
  func `a table of another plan is told`(file: String) throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    try write(text(place, file) + "\n", place, file)
    let error = try message { try place.shard("run", 0) }
    #expect(error.contains(file) && error.contains("is not that of the plan"))
  }

  @Test(arguments: [
    ("plan/cells.csv", "\n0,run", "\n3,run", "row 1 is of the shard 3; the plan has 3"),
    ("plan/units.csv", "\n0,run", "\n99,run", "is of the shard 99; the plan has 3"),
  ])
  func `a row that no shard of the plan would do is refused`(
    change: (file: String, from: String, to: String, problem: String)
  ) throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    let run = RunDirectory(place.output("run"))
    let plan = try ShardPlan(of: run)
    let changed = try text(place, change.file).replacing(
      change.from, with: change.to, maxReplacements: 1)
    try write(changed, place, change.file)
    // As a program would have written it whose plans are not sound.
    try remade(plan, tables: [change.file: "\(Digest(of: changed))"]).write(to: run)
    let error = try message { try place.shard("run", 0) }
    #expect(error.contains(change.file) && error.contains(change.problem), "\(error)")
  }

  @Test(arguments: [-1, 0, 7, Int.max])
  func `counts that are not those of the tables are refused`(count: Int) throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 3)
    let run = RunDirectory(place.output("run"))
    let plan = try ShardPlan(of: run)
    let counts = plan.counts
    for (other, file) in [
      (ShardPlan.Counts(images: count, cells: counts.cells, units: counts.units), "images.csv"),
      (ShardPlan.Counts(images: counts.images, cells: count, units: counts.units), "cells.csv"),
      (ShardPlan.Counts(images: counts.images, cells: counts.cells, units: count), "units.csv"),
    ] {
      try remade(plan, counts: other).write(to: run)
      let error = try message { try place.shard("run", 0) }
      #expect(error.contains(file) && error.contains("the plan has \(count)"), "\(error)")
    }
  }

  /// A plan with other counts or digests, and its own identifier.
  private func remade(
    _ plan: ShardPlan, counts: ShardPlan.Counts? = nil, tables: [String: String] = [:]
  ) throws -> ShardPlan {
    try ShardPlan(
      name: plan.name, shards: plan.shards, experiment: plan.experiment,
      configuration: plan.configuration, embeddingKernels: plan.embeddingKernels,
      model: plan.model, leftOut: [], counts: counts ?? plan.counts,
      tables: plan.tables.merging(tables) { $1 })
  }

  @Test func `a shard that is not there, and one of another plan, are refused by name`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 2)
    let plan = try ShardPlan(of: RunDirectory(place.output("run")))
    #expect(
      try message { try place.shard("run", 2) }.contains(
        "--index 2: the plan \(plan.shortIdentifier) has the shards 0 to 1"))
    #expect(throws: RunError.self) { try place.shard("run", -1) }
    for identifier in [
      "000000000000", String(plan.identifier.prefix(11)), "", plan.identifier + "0",
    ] {
      let error = try message { _ = try place.planned("run", identifier: identifier) }
      #expect(error.contains("is the plan \(plan.shortIdentifier)"), "\(identifier)")
    }
    _ = try place.planned("run", identifier: plan.shortIdentifier)
    // A record that was brought from another run.
    try place.plan("other", Self.settings, shards: 3)
    try place.shard("other", 1)
    try place.shard("run", 0)
    try FileManager.default.copyItem(
      atPath: place.output("other") + "/shards/1", toPath: place.output("run") + "/shards/1")
    let other = try ShardPlan(of: RunDirectory(place.output("other")))
    for body in [
      { try place.shard("run", 1) }, { _ = try place.planned("run").merging() },
      { _ = try ShardStatus(RunDirectory(place.output("run"))) },
    ] as [() throws -> Void] {
      let error = try message(body)
      #expect(
        error.contains("shards/1/embeddings.json")
          && error.contains("is of the plan \(other.shortIdentifier)"), "\(error)")
    }
    // A plan that takes its place takes the records of others away.
    try place.plan("run", Self.settings, shards: 2, overwrites: true)
    #expect(try ShardStatus(RunDirectory(place.output("run"))).missing(.embeddings) == [1])
  }

  @Test func `a record that is damaged counts for nothing, and one too many is told`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 2)
    for index in 0..<2 { try place.shard("run", index) }
    let run = RunDirectory(place.output("run"))
    #expect(try ShardStatus(run).missing(.embeddings).isEmpty)
    #expect(
      try ShardStatus(run).table.contains("embeddings: 2 done\nanalyses: 0 done, 2 missing: 0-1\n"))
    try write("{}", place, "shards/1/embeddings.json")
    #expect(try ShardStatus(run).retryArray(.embeddings) == "1")
    // Where to look for what went wrong.
    #expect(try !ShardStatus(run).table.contains("logs"))
    try FileManager.default.createDirectory(
      atPath: run.path + "/shards/slurm", withIntermediateDirectories: false)
    #expect(
      try ShardStatus(run).table.hasSuffix("\nlogs of Slurm's jobs: \(run.path)/shards/slurm\n"))
    #expect(try place.shard("run", 1).contains(" 0 made now"))
    #expect(try ShardStatus(run).missing(.embeddings).isEmpty)
    // What a shard of another plan leaves when it is killed is in nobody's way; its record is.
    try FileManager.default.createDirectory(
      atPath: run.file("shards/2"), withIntermediateDirectories: false)
    try write("", place, "shards/2/lock")
    #expect(try ShardStatus(run).missing(.embeddings).isEmpty)
    let record = try text(place, "shards/1/embeddings.json")
      .replacing(/"_sha256".*\n/, with: "").replacing("\"shard\" : 1", with: "\"shard\" : 2")
    try write(record, place, "shards/2/embeddings.json")
    #expect(try message { _ = try ShardStatus(run) }.contains("is a shard that the plan"))
    try place.plan("run", Self.settings, shards: 1, overwrites: true)
    #expect(!FileManager.default.fileExists(atPath: run.file("shards/2")))
  }

  @Test func `other kernels, another model and other images are refused by name`() throws {
    let place = try SweepWorkplace()
    try place.plan("run", Self.settings, shards: 2)
    let run = RunDirectory(place.output("run"))
    let plan = try ShardPlan(of: run)
    // As a machine that computes otherwise would have planned it.
    let elsewhere = try ShardPlan(
      name: plan.name, shards: plan.shards, experiment: plan.experiment,
      configuration: plan.configuration, embeddingKernels: "panels, AVX-9", model: plan.model,
      leftOut: [], counts: plan.counts, tables: plan.tables)
    try elsewhere.write(to: run)
    let error = try message { try place.shard("run", 0) }
    #expect(
      error.contains("this machine computes with panels") && error.contains("with panels, AVX-9"))

    try plan.write(to: run)
    let image =
      place.dataset.folder.path + "/" + (try place.planned("run").tables.images.images[3].path)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: place.dataset.folder.path)
    let found = try #require(
      paths.first { image.hasSuffix($0) || image.hasSuffix(($0 as NSString).lastPathComponent) })
    let file = place.dataset.folder.path + "/" + found
    let whole = try Data(contentsOf: URL(filePath: file))
    try FileManager.default.removeItem(atPath: file)
    #expect(try message { try place.shard("run", 0) }.contains("is not there any more"))
    try whole.write(to: URL(filePath: file))
    try place.shard("run", 0)
  }
}
