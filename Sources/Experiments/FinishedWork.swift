import Embedding
import Files
import Foundation
import Runs

/// The list of the cells and units that a run refers to.
extension ObjectList {
  /// Those of a run that was just computed.
  ///
  /// - Parameters:
  ///   - cells: Keys and conditions of the cells that its embeddings were read from.
  ///   - units: The keys of the units that were asked for.
  ///   - performed: The analyses that were computed.
  ///   - earlier: The list as it was; nil for none.
  ///   - conditions: All conditions of the run.
  ///   - analyses: All analyses of the run.
  init(
    cells: [Cell], units: [UnitKey], performed: Set<String>, after earlier: ObjectList?,
    conditions: [Condition], analyses: Set<String>
  ) {
    var objects = Set(cells.map { Object(.cell, of: $0.condition.name, $0.key) })
    let made = Set(cells.map(\.condition.name))
    let all = Set(conditions.map(\.name))
    for object in earlier?.objects ?? [] {
      // What was not made now is as it was.
      switch object.kind {
      case .cell where !made.contains(object.subject) && all.contains(object.subject),
        .unit where !performed.contains(object.subject) && analyses.contains(object.subject):
        objects.insert(object)
      default: break
      }
    }
    objects.formUnion(units.map { Object(.unit, of: $0.analysis, $0.digest) })
    self.init(objects)
  }
}

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
    let own = try runs.map { (run: $0, needed: try Self.needed($0)) }
    var said = ""
    if let cache {
      let all = own.flatMap { [$0.needed.run, $0.needed.control].compactMap(\.self) }
      let needed = ObjectList(all.reduce(into: []) { $0.formUnion($1.objects) })
      said += try collect(cells: cache, units: cache + "/units", needed)
    }
    for (run, needed) in own {
      for (folder, list) in [
        (run.path, needed.run), (run.file(RunDirectory.controlFolder), needed.control),
      ] {
        guard let list else { continue }
        said += try collect(cells: folder + "/cells", units: folder + "/units", list)
      }
      if !isTrial { AtomicFile.removeLeftovers(in: run.path) }
    }
    return said
  }

  /// What a run and its control refer to.
  ///
  /// - Throws: `FileError` for a run of which nobody can say.
  private static func needed(
    _ run: RunDirectory
  ) throws -> (run: ObjectList, control: ObjectList?) {
    let maker =
      PlanFiles.isPlanned(run) ? "topoclip merge" : "topoclip sweep with the run's own settings"
    let remedy = "\(maker) finishes it and lists its work"
    func list(_ run: RunDirectory) throws -> ObjectList {
      guard let manifest = try Manifest.read(run) else {
        throw FileError(run.path, "is no finished run (no \(Manifest.fileName)); \(remedy)")
      }
      guard manifest.isFinished else {
        throw FileError(
          run.path, "is not finished, and nobody can say what it will need; \(remedy)")
      }
      guard let list = try ObjectList.read(run) else {
        throw FileError(
          run.path,
          "does not list its finished work (\(ObjectColumns.file.pattern.text)); \(remedy)")
      }
      return list
    }
    var own = try list(run)
    let controlRun = RunDirectory(run.file(RunDirectory.controlFolder))
    var control =
      try FileStatus(controlRun.file(Manifest.fileName)) == nil ? nil : list(controlRun)
    // What a plan shares out may be of conditions that are not merged yet; its units are not known by keys.
    if let plan = try ShardPlan.read(run) {
      let tables = try PlannedTables(run, of: plan)
      for cell in tables.cells {
        guard let key = Digest(hexadecimal: cell.key.utf8) else { continue }
        let object = ObjectList.Object(.cell, of: cell.condition, key)
        switch cell.part {
        case .run: own.objects.insert(object)
        case .control: control?.objects.insert(object)
        }
      }
    }
    return (own, control)
  }

  /// Removes from two folders what a list does not have.
  private func collect(cells: String, units: String, _ needed: ObjectList) throws -> String {
    var text = ""
    for (folder, ending, kind) in [
      (cells, ".npy", ObjectList.Kind.cell), (units, ".json", ObjectList.Kind.unit),
    ] {
      let keys = needed.keys(kind)
      var (count, bytes) = (0, 0)
      for name in try FolderContents.textNames(of: folder) ?? [] where name.hasSuffix(ending) {
        guard let key = Digest(hexadecimal: name.utf8.dropLast(ending.utf8.count)),
          !keys.contains(key)
        else { continue }
        try Interruption.check()
        let path = folder + "/" + name
        count += 1
        bytes += try FileStatus(path).map { Int($0.size) } ?? 0
        if !isTrial, unsafe unlink(path) != 0, errno != ENOENT {
          throw FileError(path, "cannot be removed", SystemFault.last)
        }
      }
      guard count > 0 else { continue }
      text +=
        "\(folder): \(count) \(kind.rawValue)\(count == 1 ? "" : "s") that no run refers to "
        + "\(isTrial ? "would be removed" : "removed"), \((Double(bytes) / 1e6).formatted(.number.precision(.fractionLength(1)))) MB\n"
    }
    return text
  }
}
