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

  /// Draws the figures of a run directory or a training directory and writes `report.html` into it.
  ///
  /// Everything is read from the directory's tables; nothing is computed anew and nothing else changes. The same
  /// directory gives the same page, byte for byte.
  ///
  /// - Parameter run: The folder that `topoclip sweep` or `topoclip train` wrote.
  /// - Returns: What was written, and what is missing from it.
  /// - Throws: `FileError` when the folder is neither, when a table is damaged, naming the line, or when the page
  ///   cannot be written; `RunError.interrupted`.
  package static func write(run: String) throws -> Report {
    let log = run + "/log.jsonl"
    let manager = FileManager.default
    let figures: FigureReport
    let html: HTML
    if !manager.fileExists(atPath: run + "/samples.csv"), manager.fileExists(atPath: log) {
      figures = try Figures.draw(trainingLog: log)
      html = try TrainingPage(run, figures: figures).html()
    } else {
      let reported = try ReportedRun(run)
      figures = try Figures.draw(run: reported)
      html = try RunPage(reported, figures: figures).html()
    }
    try Interruption.check()
    let path = run + "/report.html"
    try AtomicFile.write(html.markup, to: path)
    return Report(
      files: figures.figures.flatMap { [$0.svgPath, $0.pngPath] } + [path],
      figureCount: figures.figures.count, messages: figures.messages)
  }
}
