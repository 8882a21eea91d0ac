import Files
import Foundation
import Runs

/// One of the two runs that are compared.
struct ComparedRun {
  let run: ReportedRun
  let manifest: RunManifest?

  init(_ path: String) throws {
    run = try ReportedRun(path)
    manifest = try RunManifest(run.directory.file("manifest.json"))
  }

  /// The files of the run's results and its control's: no finished cells, no views, no manifest.
  func files() throws -> Set<String> {
    guard let names = FileManager.default.enumerator(atPath: run.directory.path) else {
      throw FileError(run.directory.path, "its files cannot be listed")
    }
    var files: Set<String> = []
    for case let name as String in names {
      let last = (name as NSString).lastPathComponent
      if ["cells", "figures"].contains(last) {
        names.skipDescendants()
        continue
      }
      guard last != "manifest.json", last != "report.html", !last.hasPrefix("."),
        names.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      else { continue }
      files.insert(name)
    }
    return files
  }
}
