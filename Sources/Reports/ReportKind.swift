import Files
import Foundation
import Pages
import Runs

/// A kind of folder that has a page: how it is known, verified, drawn and written.
struct ReportKind: Sendable {
  /// Sentences about files that were changed, figures, and the page.
  typealias Contents = (remarks: [String], figures: FigureReport, html: HTML)

  /// The file that a folder of the kind has.
  let file: String
  /// Draws the figures of a folder and makes its page.
  ///
  /// - Throws: `FileError` for files that are not those that were recorded, if they are to be verified, and for
  ///   what is damaged; `RunError.interrupted`.
  let contents:
    @Sendable (_ folder: String, _ verifies: Bool, _ options: FigureOptions) throws -> Contents

  /// All kinds; a folder is of the first whose file it has.
  static let all = [run, scores, training]

  /// The kind of a folder.
  ///
  /// - Throws: `FileError` for a folder that is of none.
  static func of(_ folder: String) throws -> ReportKind {
    for kind in all where try FileStatus(folder + "/" + kind.file) != nil { return kind }
    // Says what a run directory has.
    _ = try ReportedRun(folder)
    return run
  }

  /// What `topoclip sweep` writes.
  static let run = ReportKind(file: SampleColumns.file.pattern.text) { folder, verifies, options in
    let directory = RunDirectory(folder)
    // What a sweep had not finished is not recorded yet.
    let unfinished = try Manifest.read(directory).flatMap {
      $0.startedAt != nil ? $0.unfinished(folder) : nil
    }
    let remarks =
      try (unfinished.map { [$0 + "."] } ?? [])
      + Verification(ofReadable: directory).remarks(on: folder, verifies: verifies)
    let reported = try ReportedRun(folder)
    let figures = try Figures.draw(run: reported, options: options)
    return (remarks, figures, try RunPage(reported, figures: figures, remarks: remarks).html())
  }

  /// What `topoclip score` writes.
  static let scores = ReportKind(file: ScoreManifest.fileName) { folder, verifies, options in
    let reported = try ReportedScores(folder)
    let unfinished =
      reported.manifest.finishedAt == nil
      ? ["\(folder): the scoring has not finished; topoclip score goes on with it."] : []
    let remarks =
      try unfinished
      + Verification(folder, reported.manifest) { path in
        ReportedScores.tables.contains { $0.pattern.matches(path) }
      }
      .remarks(on: folder, verifies: verifies, remedy: remedy)
    let figures = try Figures.draw(
      ScoreFigures.all, of: reported, in: folder, options: options)
    return (remarks, figures, try ScorePage(reported, figures: figures, remarks: remarks).html())
  }

  /// What `topoclip train` writes.
  static let training = ReportKind(file: "log.jsonl") { folder, verifies, options in
    let log = folder + "/log.jsonl"
    let manifest = try TrainingManifest.read(folder + "/" + TrainingManifest.fileName)
    let remarks =
      try manifest.map { manifest in
        try Verification(folder, manifest) { $0 == "log.jsonl" }
          .remarks(on: folder, verifies: verifies, remedy: remedy)
      } ?? []
    let figures = try Figures.draw(trainingLog: log, options: options)
    return (remarks, figures, try TrainingPage(folder, figures: figures, remarks: remarks).html())
  }

  private static let remedy = "--no-verify uses what is there"
}
