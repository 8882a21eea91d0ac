import Files
import Foundation
import RunAnalyses
import Runs

/// A folder of scores as reports read it: what its tables say, nothing computed.
struct ReportedScores: Sendable {
  /// The folder.
  let directory: RunDirectory
  /// What the scores were made from and with.
  let manifest: ScoreManifest
  /// What the scores say of all pairs together, by quantity.
  let summary: ScoreSummary

  /// Opens a folder.
  ///
  /// - Parameter path: The folder that `topoclip score` wrote.
  /// - Throws: `FileError` when it is none, naming what is missing or damaged.
  init(_ path: String) throws {
    directory = RunDirectory(path)
    let name = directory.file(ScoreManifest.fileName)
    guard let manifest = try ScoreManifest.read(name) else {
      throw FileError(
        path,
        "is no folder of scores: it has no \(ScoreManifest.fileName); topoclip score makes one")
    }
    self.manifest = manifest
    summary = try ScoreSummary(directory.table(ScoreSummaryColumns.file))
  }

  /// The tables that a page and figures are made of.
  static let tables = [
    ScoreSummaryColumns.file, ScoreDistributionColumns.file, ScoreMeasuresColumns.file,
    ScoreExampleColumns.file, ScoreMapColumns.file, ScoreCandidateColumns.file,
  ]

  /// A table of the folder; nil when the scoring has none, whatever lies there.
  ///
  /// - Throws: `FileError` naming the line of what is damaged.
  func table(_ file: RunFile) throws -> Table? {
    manifest.outputs[file.pattern.text] == nil ? nil : try directory.table(file)
  }

  /// A table that a figure cannot do without.
  ///
  /// - Parameters:
  ///   - file: The table.
  ///   - setting: The setting that asks for it; nil for one that every scoring has.
  /// - Returns: The table, with a row at least.
  /// - Throws: `FigureLeftOut` when the folder has none, or none with rows.
  func required(_ file: RunFile, askedForBy setting: String? = nil) throws -> Table {
    let name = file.pattern.text
    guard let table = try table(file) else {
      throw FigureLeftOut(
        "the folder has no \(name)",
        isExpected: setting.map { manifest.configuration[$0] == nil } ?? false)
    }
    guard !table.isEmpty else { throw FigureLeftOut("\(name) has no rows") }
    return table
  }

  /// The file of an image as the examples name it: by itself, or beside the table of pairs, or beside the
  /// folder where both were moved together.
  func imageFile(_ name: String) -> String {
    guard !name.isAbsolutePath, (try? FileStatus(name)) == nil else { return name }
    let beside = (manifest.input as NSString).deletingLastPathComponent
    let other = beside.isEmpty ? name : beside + "/" + name
    return (try? FileStatus(other)) == nil ? name : other
  }
}
