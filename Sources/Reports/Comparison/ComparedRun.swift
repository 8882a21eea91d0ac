import Files
import Foundation
import Runs

/// One of the two runs that are compared.
struct ComparedRun {
  let run: ReportedRun
  let manifest: Manifest?

  init(_ path: String) throws {
    run = try ReportedRun(path)
    manifest = try Manifest.read(run.directory)
  }

  /// The run's own files that say nothing of results: records, the page with its figures, finished work.
  private static let others = RunDirectory.files.filter {
    $0.role == .record || $0.role == .view || $0.role == .work
  }

  /// The files of the run's results and its control's, and whatever else lies there.
  func files() throws -> Set<String> {
    var files: Set<String> = []
    func add(_ folder: String) throws {
      for name in try FolderContents.names(of: run.directory.file(folder)) ?? [] {
        if name.hasPrefix(".") { continue }
        let path = folder.isEmpty ? name : folder + "/" + name
        switch FileStatus(ofLink: run.directory.file(path))?.kind {
        case .folder:
          if !Self.others.contains(where: { $0.pattern.folder == name }) { try add(path) }
        case .file:
          if !Self.others.contains(where: { $0.pattern.text == name }) { files.insert(path) }
        case .other, nil: continue
        }
      }
    }
    try add("")
    return files
  }
}
