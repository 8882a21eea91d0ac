package import Runs

/// Every kind of file that a run directory can hold.
package enum RunFiles {
  /// Those of the run itself, of its pictures and of every analysis.
  package static let all =
    RunDirectory.files + PictureFiles.all + AnalysisRegistry.all.flatMap { $0.files }

  /// Those of a run with some analyses that are inputs or results.
  ///
  /// - Parameter analyses: The analyses' names.
  /// - Returns: The declarations.
  package static func digested(_ analyses: Set<String>) -> [RunFile] {
    let pictures = PictureFiles.readers.isDisjoint(with: analyses) ? [] : PictureFiles.all
    return
      (RunDirectory.files + pictures
      + AnalysisRegistry.all.filter { analyses.contains($0.name) }.flatMap { $0.files })
      .filter(\.isDigested)
  }
}
