import Embedding
import Files
import Foundation
import LinearAlgebra
import Logging
import RunAnalyses
import Runs
import Version

/// One shard of one stage, done on this machine.
package struct Shard {
  private let planned: PlannedRun
  private let index: Int
  private let stage: ShardStage
  private let isQuiet: Bool

  /// A shard of a planned run.
  ///
  /// - Throws: `RunError.failure` for a shard that the plan does not have, and for a machine with other kernels.
  package init(_ planned: PlannedRun, _ index: Int, _ stage: ShardStage, isQuiet: Bool) throws {
    guard (0..<planned.plan.shards).contains(index) else {
      throw RunError.failure(
        "--index \(index): the plan \(planned.plan.shortIdentifier) has the shards 0 to \(planned.plan.shards - 1)"
      )
    }
    try planned.requireKernels(for: stage)
    self.planned = planned
    self.index = index
    self.stage = stage
    self.isQuiet = isQuiet
  }

  /// Does what is not finished of the shard, and records that all of it is.
  ///
  /// What is finished is looked at bit by bit and not computed again. No other process works on the shard meanwhile.
  ///
  /// - Returns: What to print.
  /// - Throws: `RunError.interrupted` with all that is finished saved; what a sweep throws.
  package func execute() throws -> String {
    BLAS.warnAboutForcedCore { planned.sweep.log.warning("\($0)") }
    let folder = planned.run.file(ShardRecord.folder(index))
    return try RunLock.hold(folder, remedy: "wait for it, or end it") {
      _ = try ShardRecord.read(index, stage, of: planned.plan, in: planned.run)
      let startedAt = Date()
      let (objects, said) = try Interruption.whileFinishingPiece {
        switch stage {
        case .embeddings: try embed()
        case .analyses: try analyse()
        }
      }
      try record(objects, since: startedAt)
      AtomicFile.removeLeftovers(in: folder)
      return "\(stage.rawValue) shard \(index) of \(planned.plan.shards): \(said)\n"
    }
  }

  private func record(_ objects: [String], since startedAt: Date) throws {
    let prefix = planned.run.path + "/"
    let digests = try Parallel.tryMap(count: objects.count) { try Digest(ofFile: objects[$0]) }
    let record = ShardRecord(
      plan: planned.plan.identifier, stage: stage, shard: index, program: .current,
      kernels: stage == .embeddings
        ? planned.plan.embeddingKernels : planned.plan.analysisKernels,
      host: .current(), startedAt: startedAt, finishedAt: Date(),
      objects: Dictionary(
        zip(objects, digests).map { path, digest in
          (path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path, "\(digest)")
        }
      ) { first, _ in first })
    try requireSamePlan()
    try record.write(to: planned.run)
    // Whoever has planned in between has removed the records that were there, and this one was not.
    do { try requireSamePlan() } catch {
      try ShardRecord.remove(index, stage, in: planned.run)
      throw error
    }
  }

  private func requireSamePlan() throws {
    let now = try ShardPlan(of: planned.run)
    guard now.identifier == planned.plan.identifier else {
      throw FileError(
        planned.run.path,
        "has got the plan \(now.shortIdentifier) while a shard of \(planned.plan.shortIdentifier) was at work; what it "
          + "has finished stays: submit again")
    }
  }

  // MARK: Embeddings

  private func embed() throws -> (objects: [String], said: String) {
    var (objects, total, made, images) = ([String](), 0, 0, 0)
    for part in try planned.parts() {
      let cells = planned.tables.cells.filter { $0.part == part.name }
      guard cells.contains(where: { $0.shard == index }) else { continue }
      let prepared = try PreparedPart(part, known: planned.knownImages) { place in
        place < cells.count && cells[place].shard == index
      }
      try planned.requireModel(prepared)
      try planned.require(cells, are: prepared.cells)
      prepared.report()
      guard let store = prepared.store else { continue }
      let count = try prepared.embed()
      made += count.cells
      images += count.images
      let own = prepared.cells.indices.filter { cells[$0].shard == index }
      total += own.count
      objects += own.map { store.path(prepared.cells[$0].key) }
    }
    return (
      objects,
      "\(total) cells, \(made) made now (\(images) embeddings), \(total - made) finished before"
    )
  }

  // MARK: Analyses

  private func analyse() throws -> (objects: [String], said: String) {
    var (objects, total, made) = ([String](), 0, 0)
    for part in try planned.parts() {
      let names = Set(
        planned.tables.units.filter { $0.part == part.name && $0.shard == index }.map(\.unit))
      guard !names.isEmpty else { continue }
      let prepared = try PreparedPart(part, known: planned.knownImages) { _ in false }
      try planned.requireModel(prepared)
      try planned.requireFinished([prepared])
      try planned.withdrawingDamaged(prepared) {
        let context = try prepared.context(isExact: true)
        let units = try prepared.units(context)
        let own = units.filter { names.contains($0.key.name) }
        let waiting = own.filter { !context.store.contains($0.key) }
        total += own.count
        made += waiting.count
        var progress = ProgressBar("units", total: waiting.count, isQuiet: isQuiet)
        try Self.finish(waiting, among: units, in: context.store) { progress.advance(by: 1) }
        objects += own.map { context.store.path($0.key) ?? "" }
      }
    }
    return (
      objects, "\(total) units of analysis, \(made) computed now, \(total - made) finished before"
    )
  }

  /// Finishes units, those first of which all that they read is finished: what other shards are at work on is then
  /// computed here only where nothing else is left to do.
  private static func finish(
    _ units: [any UnitOfWork], among all: [any UnitOfWork], in store: UnitStore,
    didFinish: () -> Void
  ) throws {
    let known = Dictionary(all.map { ($0.key.digest, $0.key) }) { first, _ in first }
    func isReady(_ unit: any UnitOfWork) -> Bool {
      unit.key.reads.allSatisfy { digest in known[digest].map { store.hasResult($0) } ?? true }
    }
    var waiting = units
    while !waiting.isEmpty {
      try Interruption.check()
      let next = waiting.remove(at: waiting.firstIndex(where: isReady) ?? 0)
      try next.finish(in: store)
      didFinish()
    }
  }
}

extension PlannedRun {
  /// Refuses a model whose weights are not those that were planned with.
  func requireModel(_ part: PreparedPart) throws {
    guard part.name == .run, let model = plan.model, part.model != model else { return }
    throw RunError.failure(
      "the model \(sweep.experiment.model ?? "") is another than that of the plan \(plan.shortIdentifier): its digest is "
        + "\(part.model ?? "none"), expected \(model); restore it, or plan again with --overwrite")
  }

  /// Refuses to make other cells than those that were planned.
  func require(_ planned: [PlannedTables.PlannedCell], are cells: [Cell]) throws {
    guard planned.map(\.key) != cells.map({ "\($0.key)" }) else { return }
    throw FileError(
      run.file(PlannedCellColumns.file.pattern.text),
      "names other cells than this program makes of the plan's images (version "
        + "\(plan.origin?.program.description ?? "unknown") planned, this is \(ProgramVersion.current)); use the same "
        + "version, or plan again with --overwrite")
  }

  /// Refuses to go on before every embedding is there.
  ///
  /// A shard that has lost cells since it left its record is missing again. Where none at all is in a cache, it is
  /// rather the cache that this machine does not see, and no record goes.
  ///
  /// - Parameter parts: The parts whose embeddings are needed.
  /// - Throws: `FileError` naming the shards that are missing, or the cache.
  func requireFinished(_ parts: [PreparedPart]) throws {
    var (absent, total) = ([(shard: Int, path: String)](), 0)
    for part in parts {
      guard let store = part.store else { continue }
      let cells = tables.cells.filter { $0.part == part.name }
      try require(cells, are: part.cells)
      total += cells.count
      absent += try Self.absent(
        zip(cells, part.cells).map { ($0.shard, store.path($1.key)) })
    }
    guard !absent.isEmpty else { return }
    let recorded = try ShardRecord.finished(.embeddings, of: plan, in: run)
    // What a shard has finished in between is there.
    absent = try Self.absent(absent)
    let shards = Set(absent.map(\.shard))
    guard let first = shards.min() else { return }
    let lost = shards.intersection(recorded)
    if !lost.isEmpty, let cache = try emptyCache() {
      throw FileError(
        cache,
        "holds no cell of the plan \(plan.shortIdentifier), and shards have recorded that they are finished: make the "
          + "folder reachable on this machine; where its cells are lost, delete \(run.file(PlanFiles.shards)) and "
          + "submit again")
    }
    for shard in lost { try ShardRecord.remove(shard, .embeddings, in: run) }
    let path = try ShellWord.quoted(run.path)
    throw FileError(
      run.path,
      "lacks \(absent.count) of \(total) cells of the plan \(plan.shortIdentifier), "
        + (shards.count == 1 ? "of the shard \(first)" : "of the shards \(IndexRanges(shards))")
        + ": topoclip shard \(path) --index \(first)"
        + (shards.count > 1
          ? " and so on, or topoclip submit \(path) --engine local, makes them" : " makes them"))
  }

  /// Those files that are not there.
  private static func absent(
    _ files: [(shard: Int, path: String)]
  ) throws -> [(shard: Int, path: String)] {
    let isAbsent = try Parallel.tryMap(count: files.count) {
      try FileStatus(files[$0].path) == nil
    }
    return zip(files, isAbsent).filter(\.1).map(\.0)
  }

  /// The cache, where no cell of the plan is in it.
  private func emptyCache() throws -> String? {
    guard let cache = sweep.experiment.cache else { return nil }
    let store = CellStore(folder: URL(fileURLWithPath: cache), dimension: 1)
    let isEmpty = try tables.cells.allSatisfy {
      try Digest(hexadecimal: $0.key.utf8).flatMap { try FileStatus(store.path($0)) } == nil
    }
    return isEmpty ? cache : nil
  }

  /// Does something with a part's embeddings; where one of its cells turns out to be damaged, the shard that makes it
  /// is missing again.
  func withdrawingDamaged(_ part: PreparedPart, _ body: () throws -> Void) throws {
    do { try body() } catch let error as FileError where !error.isSystemFault {
      let cells = tables.cells.filter { $0.part == part.name }
      for (cell, planned) in zip(part.cells, cells)
      where part.store?.path(cell.key) == error.file {
        try ShardRecord.remove(planned.shard, .embeddings, in: run)
      }
      throw error
    }
  }
}
