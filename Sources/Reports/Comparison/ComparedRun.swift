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
    guard let names = FileManager.default.enumerator(atPath: run.directory.path) else {
      throw FileError(run.directory.path, "its files cannot be listed")
    }
    var files: Set<String> = []
    for case let name as String in names {
      let last = (name as NSString).lastPathComponent
      if Self.others.contains(where: { $0.pattern.folder == last })
        || last.hasPrefix(".")
          && names.fileAttributes?[.type] as? FileAttributeType == .typeDirectory
      {
        names.skipDescendants()
        continue
      }
      guard !Self.others.contains(where: { $0.pattern.text == last }), !last.hasPrefix("."),
        names.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      else { continue }
      files.insert(name)
    }
    return files
  }
}
