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

  /// Draws the figures of a folder of results, writes `report.html` into it, and `report.json` with the digests of both.
  ///
  /// Everything is read from the directory's tables; nothing is computed anew and nothing else changes. The same
  /// directory gives the same page, byte for byte.
  ///
  /// - Parameters:
  ///   - run: The folder that `topoclip sweep`, `topoclip score` or `topoclip train` wrote.
  ///   - verifies: Whether files that are not as the manifest has recorded them are refused; where they are not,
  ///     the page names them.
  ///   - options: The formats of the figures' files, and their width.
  /// - Returns: What was written, and what is missing from it.
  /// - Throws: `FileError` when the folder is of no kind, when its files are not those that were recorded, when a table
  ///   is damaged, naming the line, or when the page cannot be written; `RunError.interrupted`.
  package static func write(
    run: String, verifies: Bool = true, options: FigureOptions = FigureOptions()
  ) throws -> Report {
    let (remarks, figures, html) = try ReportKind.of(run).contents(run, verifies, options)
    try Interruption.check()
    let page = RunDirectory.page.pattern.text
    let path = run + "/" + page
    try AtomicFile.writeInPlace(Data(html.markup.utf8), to: path)
    var digests = figures.digests
    digests[page] = "\(Digest(of: html.markup))"
    try record(digests, options, in: run)
    return Report(
      files: figures.figures.flatMap(\.paths) + [path],
      figureCount: figures.figures.count, messages: remarks + figures.messages,
      failures: figures.failures)
  }

  /// Records the digests of what was written, and keeps those of what stands from earlier, as do figures that gnuplot
  /// could not draw this time.
  private static func record(
    _ digests: [String: String], _ options: FigureOptions, in run: String
  ) throws {
    let path = run + "/" + PageRecord.fileName
    // One that is damaged says nothing.
    let earlier = (try? PageRecord.read(path))?.files ?? [:]
    let standing = try earlier.filter { try FileStatus(run + "/" + $0.key) != nil }
    try PageRecord(files: standing.merging(digests) { $1 }, options: options.arguments)
      .write(to: path)
  }

  /// Refuses a folder of which no page can be: to be asked before anything is made in it.
  ///
  /// - Throws: As `write`, for a folder of no kind.
  package static func requireRun(_ run: String) throws { _ = try ReportKind.of(run) }
}
