import Files
import Foundation
package import Runs

/// Every kind of file that a run directory can hold.
package enum RunFiles {
  /// Those of the run itself, of its pictures and of every analysis.
  package static let ofRun =
    RunDirectory.files + PictureFiles.all + AnalysisRegistry.all.flatMap { $0.files }

  /// The same and those of a plan, which outlives the run: a run is replaced by what the plan's shards have done.
  package static let all = ofRun + PlanFiles.all

  /// The digests in a manifest but for those of some files.
  ///
  /// - Parameters:
  ///   - outputs: Digests by path.
  ///   - files: What the files to leave out are declared as.
  /// - Returns: The others.
  package static func outputs(
    _ outputs: [String: String], without files: [RunFile]
  ) -> [String: String] {
    let known = Dictionary(grouping: files, by: \.pattern.folder)
    return outputs.filter { path, _ in
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
      return !known[folder, default: []].contains { $0.pattern.matches(path) }
    }
  }
}

extension OutputFolder.Kind {
  /// What `topoclip sweep` and `topoclip embed` write.
  package static let run = OutputFolder.Kind(
    "a run", files: RunFiles.all.filter(isNoManifest) + [RunDirectory.unusableImages],
    folders: [RunDirectory.controlFolder, PlanFiles.tables, PlanFiles.shards]
  ) { folder in
    let run = RunDirectory(folder)
    guard let manifest = try? Manifest.read(run) else {
      // What stands beside tables is a manifest, damaged though it may be.
      return try FileStatus(run.file(Manifest.fileName)) != nil
        && !run.existing(RunFiles.all.filter(\.isDigested)).isEmpty
    }
    guard manifest.isOwn else { return false }
    if let source = manifest.zeroShotSource {
      throw FileError(
        folder, "holds zero-shot tables of \(source), not a run of its own; give another --output")
    }
    return true
  }

  /// What `topoclip zeroshot --output` writes.
  package static let zeroShot = OutputFolder.Kind(
    "zero-shot accuracy",
    files: ZeroShotAnalysis.files
      + RunDirectory.files.filter { $0.pattern != ConditionList.file.pattern && isNoManifest($0) }
  ) { folder in
    let run = RunDirectory(folder)
    guard let manifest = try Manifest.read(run), manifest.isOwn else {
      // Embeddings that were made elsewhere lie under the same names.
      let tables = try run.existing(RunFiles.all.filter(\.isDigested)).uniqued
      guard let first = tables.first else { return false }
      let more = tables.count - 1
      throw FileError(
        folder,
        "holds \(more == 0 ? first : "\(first) and \(more) more files") named as those of zero-shot tables "
          + "or of a run, without a manifest that says what they are of; give another --output, or "
          + "move them")
    }
    guard manifest.zeroShotSource != nil else {
      throw FileError(folder, "is a run directory of its own; give another --output")
    }
    return true
  }

  /// A manifest that is none of this program's is somebody else's file.
  private static func isNoManifest(_ file: RunFile) -> Bool {
    file.pattern.text != Manifest.fileName
  }
}

extension Manifest {
  /// What the tables of every analysis are of; of a manifest of an earlier version, as its configuration says.
  package var analysisRecords: [String: AnalysisRecord] {
    let known = analyses.filter { AnalysisRegistry.names.contains($0.key) }
    guard known.isEmpty, !outputs.isEmpty, isFinished else { return known }
    var records: [String: AnalysisRecord] = [:]
    for type in AnalysisRegistry.all
    where RunFiles.outputs(outputs, without: type.files).count < outputs.count {
      var settings = configuration.filter { $0.key.hasPrefix("\(type.name).") }
      for (other, names) in type.readSettings {
        for name in names { settings["\(other).\(name)"] = configuration["\(other).\(name)"] }
      }
      records[type.name] = AnalysisRecord(conditions: conditionNames, settings: settings)
    }
    return records
  }
}
