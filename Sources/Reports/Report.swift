import Files
import Foundation
import Pages
import Runs

/// Figures and page of a finished run: the one door to them.
package struct Report: Sendable {
  /// The files written, figures before the page, as paths of this machine.
  package let files: [String]
  /// The number of figures drawn.
  package let figureCount: Int
  /// Whole sentences about the figures that are not there.
  package let messages: [String]
  /// The names of the figures that gnuplot could not draw; the page is without them.
  package let failures: [String]

  /// Draws the figures of a run directory or a training directory and writes `report.html` into it.
  ///
  /// Everything is read from the directory's tables; nothing is computed anew and nothing else changes. The same
  /// directory gives the same page, byte for byte.
  ///
  /// - Parameters:
  ///   - run: The folder that `topoclip sweep` or `topoclip train` wrote.
  ///   - verifies: Whether files that are not as the manifest has recorded them are refused; where they are not,
  ///     the page names them.
  ///   - options: The formats of the figures' files, and their width.
  /// - Returns: What was written, and what is missing from it.
  /// - Throws: `FileError` when the folder is neither, when its files are not those that were recorded, when a table
  ///   is damaged, naming the line, or when the page cannot be written; `RunError.interrupted`.
  package static func write(
    run: String, verifies: Bool = true, options: FigureOptions = FigureOptions()
  ) throws -> Report {
    let log = run + "/log.jsonl"
    let figures: FigureReport
    let html: HTML
    let remarks: [String]
    if try FileStatus(run + "/samples.csv") == nil, try FileStatus(log) != nil {
      let manifest = try TrainingManifest.read(run + "/" + TrainingManifest.fileName)
      remarks =
        try manifest.map { manifest in
          try Verification(run, manifest) { $0 == "log.jsonl" }
            .remarks(on: run, verifies: verifies, remedy: trainingRemedy)
        } ?? []
      figures = try Figures.draw(trainingLog: log, options: options)
      html = try TrainingPage(run, figures: figures, remarks: remarks).html()
    } else {
      // What a sweep had not finished is not recorded yet.
      let unfinished = try Manifest.read(RunDirectory(run)).flatMap {
        $0.startedAt != nil ? $0.unfinished(run) : nil
      }
      remarks =
        try (unfinished.map { [$0 + "."] } ?? [])
        + Verification(ofReadable: RunDirectory(run)).remarks(on: run, verifies: verifies)
      let reported = try ReportedRun(run)
      figures = try Figures.draw(run: reported, options: options)
      html = try RunPage(reported, figures: figures, remarks: remarks).html()
    }
    try Interruption.check()
    let path = run + "/report.html"
    try AtomicFile.write(html.markup, to: path)
    return Report(
      files: figures.figures.flatMap(\.paths) + [path],
      figureCount: figures.figures.count, messages: remarks + figures.messages,
      failures: figures.failures)
  }

  /// Refuses a folder of which no page can be: to be asked before anything is made in it.
  ///
  /// - Throws: As `write`, for a folder that neither a sweep nor a training wrote.
  package static func requireRun(_ run: String) throws {
    let (samples, log) = (run + "/" + SampleColumns.file.pattern.text, run + "/log.jsonl")
    if try FileStatus(samples) == nil, try FileStatus(log) == nil { _ = try ReportedRun(run) }
  }

  private static let trainingRemedy = "--no-verify uses what is there"
}
