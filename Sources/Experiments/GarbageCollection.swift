import Files
import Foundation
import Runs

/// Removing finished work that no run refers to.
package struct GarbageCollection {
  private let runs: [RunDirectory]
  private let cache: String?
  /// Whether to tell alone what would be removed.
  private let isTrial: Bool

  /// A collection over some runs.
  ///
  /// - Parameters:
  ///   - runs: Run directories, with their controls.
  ///   - cache: A folder of cells and units that these runs share; nil for their own.
  ///   - isTrial: Whether to tell alone what would be removed.
  package init(_ runs: [String], cache: String?, isTrial: Bool) {
    self.runs = runs.map { RunDirectory($0) }
    self.cache = cache
    self.isTrial = isTrial
  }

  /// Removes cells and units that none of the runs refers to, and files that killed processes left.
  ///
  /// No other process works in the runs meanwhile.
  ///
  /// - Returns: A line a folder, for people.
  /// - Throws: `FileError` for a run that is unfinished or does not list its work, before anything is removed.
  package func execute() throws -> String { try execute(locking: runs[...]) }

  private func execute(locking rest: ArraySlice<RunDirectory>) throws -> String {
    guard let run = rest.first else { return try collect() }
    return try RunLock.hold(run.path, makesFolder: false) {
      try execute(locking: rest.dropFirst())
    }
  }

  private func collect() throws -> String {
    // All are read before anything goes.
    let own = try runs.map { (run: $0, needed: try Needed($0)) }
    var said = ""
    if let cache {
      let all = own.flatMap { [$0.needed.run, $0.needed.control].compactMap(\.self) }
      said += try collect(
        cells: cache, units: cache + "/units",
        ObjectList(all.reduce(into: []) { $0.formUnion($1.objects) }),
        until: own.map(\.needed.finishedAt).min() ?? 0, of: "the oldest of the runs")
    }
    for (run, needed) in own {
      for (folder, list) in [
        (run.path, needed.run), (run.file(RunDirectory.controlFolder), needed.control),
      ] {
        guard let list else { continue }
        said += try collect(
          cells: folder + "/cells", units: folder + "/units", list, until: needed.finishedAt)
      }
      if !isTrial { AtomicFile.removeLeftovers(in: run.path) }
    }
    return said
  }

  /// Removes from two folders what a list does not have.
  ///
  /// - Parameters:
  ///   - cells: A folder of cells.
  ///   - units: A folder of units.
  ///   - needed: What stays.
  ///   - end: When the run was finished, in seconds since 1970: what is newer was made by a sweep that was stopped,
  ///     or by one of another run, and may be needed yet.
  ///   - run: Which run that is, for people.
  /// - Returns: A line a folder.
  /// - Throws: `FileError` for a file that cannot be removed; `RunError.interrupted`.
  private func collect(
    cells: String, units: String, _ needed: ObjectList, until end: Int, of run: String = "the run"
  ) throws -> String {
    var text = ""
    for (folder, ending, kind) in [
      (cells, ".npy", ObjectList.Kind.cell), (units, ".json", ObjectList.Kind.unit),
    ] {
      let keys = needed.keys(kind)
      var (count, bytes, newer) = (0, 0, 0)
      for name in try FolderContents.textNames(of: folder) ?? [] where name.hasSuffix(ending) {
        guard let key = Digest(hexadecimal: name.utf8.dropLast(ending.utf8.count)),
          !keys.contains(key)
        else { continue }
        try Interruption.check()
        let path = folder + "/" + name
        guard let status = try FileStatus(path) else { continue }
        guard status.modified <= end else {
          newer += 1
          continue
        }
        count += 1
        bytes += status.size
        if !isTrial, unsafe unlink(path) != 0, errno != ENOENT {
          throw FileError(path, "cannot be removed", SystemFault.last)
        }
      }
      func counted(_ count: Int) -> String { "\(count) \(kind.rawValue)\(count == 1 ? "" : "s")" }
      if count > 0 {
        text +=
          "\(folder): \(counted(count)) that no run refers to "
          + "\(isTrial ? "would be removed" : "removed"), \((Double(bytes) / 1e6).formatted(.number.precision(.fractionLength(1)))) MB\n"
      }
      if newer > 0 {
        text +=
          "\(folder): \(counted(newer)) newer than \(run) \(newer == 1 ? "stays" : "stay"): a sweep that was stopped "
          + "may need \(newer == 1 ? "it" : "them"); \(run) made again settles it\n"
      }
    }
    return text
  }
}

/// What a finished run and its control refer to.
private struct Needed {
  let run: ObjectList
  /// Nil without a control.
  let control: ObjectList?
  /// When the run was finished, in seconds since 1970.
  let finishedAt: Int

  /// What a run refers to.
  ///
  /// - Throws: `FileError` for a run of which nobody can say.
  init(_ run: RunDirectory) throws {
    let maker = Self.maker(run)
    let (manifest, list) = try Self.list(run, maker: maker)
    self.run = list
    // By the clock of the program or of the disk: one of them may be ahead.
    finishedAt = min(
      manifest.finishedAt.map { Int($0.timeIntervalSince1970) } ?? 0,
      try FileStatus(run.file(Manifest.fileName))?.modified ?? 0)
    if let plan = try ShardPlan.read(run), manifest.plan != plan.identifier {
      throw FileError(
        run.path,
        "has the plan \(plan.shortIdentifier), and is not merged of it: what its shards have finished is needed; "
          + "topoclip merge finishes it, or delete \(PlanFiles.plan.pattern.text) to give it up")
    }
    control =
      manifest.configuration["control"] == "true"
      ? try Self.list(RunDirectory(run.file(RunDirectory.controlFolder)), maker: maker).list : nil
  }

  /// What makes a run, for people.
  private static func maker(_ run: RunDirectory) -> String {
    if PlanFiles.isPlanned(run) { return "topoclip merge" }
    // One that is damaged says nothing of it here, and is refused when it is read.
    let settings = (try? Manifest.read(run))??.configuration ?? [:]
    let command = settings[FinishedRun.sourceKey] == nil ? "topoclip sweep" : "topoclip analyse"
    return command + " with the run's own settings"
  }

  private static func list(
    _ run: RunDirectory, maker: String
  ) throws -> (manifest: Manifest, list: ObjectList) {
    let remedy = "\(maker) finishes it and lists its work"
    guard let manifest = try Manifest.read(run) else {
      throw FileError(run.path, "is no finished run (no \(Manifest.fileName)); \(remedy)")
    }
    guard manifest.isFinished else {
      throw FileError(
        run.path, "is not finished, and nobody can say what it will need; \(remedy)")
    }
    guard
      let list = try ObjectList.read(
        run, recorded: manifest.objectsDigest, remedy: "\(maker) makes the list anew")
    else {
      throw FileError(
        run.path,
        "does not list its finished work (\(ObjectColumns.file.pattern.text)); \(remedy)")
    }
    return (manifest, list)
  }
}
