import Files
import Foundation
package import RunAnalyses
package import Runs

extension RunDirectory {
  /// Removes what an earlier run of another configuration left.
  ///
  /// That is its tables, and the files of conditions that are not among `conditions`. Cells stay;
  /// their names say what they are.
  package func removeStaleResults(keeping conditions: [Condition]) {
    let manager = FileManager.default
    for name in [
      "manifest.json", "embeddings/text.npy", "accuracy.csv", "accuracy.md", "accuracy.tex",
      "predictions.csv", "geometry.csv", "geometry.json", "cosines.csv", "examples.csv",
      "report.html",
    ] + TopologyTables.files + StatisticsTables.files {
      try? manager.removeItem(atPath: file(name))
    }
    // The control of another configuration: what it computed stays, as cells do.
    let control = RunDirectory(file(Self.controlFolder))
    if manager.fileExists(atPath: control.file("manifest.json")) {
      control.removeStaleResults(keeping: [])
      try? manager.removeItem(atPath: control.file("samples.csv"))
    }
    for name in contents("diagrams") where Scope.isDiagramFile(name) {
      try? manager.removeItem(atPath: file("diagrams/" + name))
    }
    for name in contents("layouts") where LayoutTables.isLayoutFile(name) {
      try? manager.removeItem(atPath: file("layouts/" + name))
    }
    for name in contents("thumbnails") where Thumbnails.isThumbnailFile(name) {
      try? manager.removeItem(atPath: file("thumbnails/" + name))
    }
    for name in contents("examples") where ExampleImages.isExampleFile(name) {
      try? manager.removeItem(atPath: file("examples/" + name))
    }
    let kept = Set(conditions.map(\.name))
    for folder in ["embeddings", "confusion", "angles"] {
      for name in contents(folder) {
        var stem = (name as NSString).deletingPathExtension
        if folder == "angles" { stem.trimPrefix("heatmap-") }
        // Only what a run writes: files of the user's own stay.
        if Condition(name: stem) != nil, folder != "embeddings" || !kept.contains(stem) {
          try? manager.removeItem(atPath: file(folder + "/" + name))
        }
      }
    }
  }

  /// The SHA-256 of every file that a run with these conditions and analyses writes, by its path in
  /// the run directory.
  package func outputDigests(
    conditions: [Condition], analyses: [Analysis], samples: SampleTable, layouts: LayoutSettings
  ) throws -> [String: String] {
    var names = ["samples.csv", "classes.csv"] + conditions.map { "embeddings/\($0.name).npy" }
    if analyses.contains(.angles) { names += conditions.flatMap(AngleTables.files) }
    if analyses.contains(.geometry) { names += ["geometry.csv", "geometry.json", "cosines.csv"] }
    if analyses.contains(.layouts) {
      names += try LayoutTables.files(samples, conditions: conditions, settings: layouts)
    }
    if analyses.contains(.topology) {
      names += Scope.all(of: samples).flatMap { scope in conditions.map(scope.diagramFile) }
      names += existing(TopologyTables.files)
    }
    if analyses.contains(.statistics) { names += existing(StatisticsTables.files) }
    // The pictures themselves show what went in; the list is what says which.
    if !RunImages.analyses.isDisjoint(with: analyses) { names += existing(["examples.csv"]) }
    let tables = analyses.contains(.zeroshot) ? try tableDigests(conditions: conditions) : [:]
    return try digests(names).merging(tables) { $1 }
  }

  /// Those of the files that are there.
  private func existing(_ names: [String]) -> [String] {
    names.filter { FileManager.default.fileExists(atPath: file($0)) }
  }

  /// The SHA-256 of every file that zero-shot classification writes.
  package func tableDigests(conditions: [Condition]) throws -> [String: String] {
    try digests(
      ["embeddings/text.npy", "accuracy.csv", "accuracy.md", "accuracy.tex", "predictions.csv"]
        + conditions.map { "confusion/\($0.name).csv" })
  }

  private func digests(_ names: [String]) throws -> [String: String] {
    try Dictionary(
      uniqueKeysWithValues: names.map { ($0, "\(try Digest(ofFile: file($0)))") })
  }
}
