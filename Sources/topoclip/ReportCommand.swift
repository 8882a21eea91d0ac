import ArgumentParser
import Benchmarks
import Dispatch
import Foundation
import Reports
import Runs

struct ReportCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Figures and report.html of a finished run, scoring or training, again.",
    discussion: """
      Draws figures (SVG and PNG, or as --figure-format says) and writes report.html, one page that needs no other \
      file and no network: what was found in words, sortable tables, figures, a map of the embeddings, manifest and citations. All of it is read from \
      the run directory's tables; nothing is computed again, and the same run gives the same page. A figure that cannot \
      be drawn (gnuplot is not installed, a table is not there) is named on standard error and in the page.

      A folder that topoclip score wrote (it has score.json) gives how the scores of pairs and of shuffled ones are \
      distributed, score against negCLIPLoss, the matrix, candidates, and the pairs of the highest, middle and lowest \
      scores with their images, which are read from where they lie; one that cannot be read is named in the page. A \
      directory that topoclip train wrote gives the curves of the training.

      Files that are not as the manifest has recorded them are named, and nothing is written. --no-verify reports \
      tables that were edited by hand; the page then says which. A figure that gnuplot fails to draw is named, the \
      rest is drawn, and the exit code is 1.

      Examples:
        topoclip report results/builtin
        topoclip report results/dtd --quiet
        topoclip report models/fine-tuned
        topoclip report scores --figure-format svg,pdf
        topoclip report results/dtd --figure-format svg,png,pdf --figure-width column
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder that topoclip sweep, score or train wrote.", valueName: "folder"))
  var directory: String
  @OptionGroup var figures: FigureOptionGroup
  @OptionGroup var verification: VerificationOptions
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    try writeReport(
      directory, verifies: verification.verify, figures: figures.options(), isQuiet: execution.quiet
    )
  }
}

/// Writes figures and page of a run directory, and says so.
///
/// - Throws: What `Report.write` does; `RunError.failure` naming the figures that gnuplot could not draw, when all
///   else is written.
func writeReport(
  _ run: String, verifies: Bool = true, figures: FigureOptions, isQuiet: Bool
) throws {
  let start = DispatchTime.now()
  // One that is just beginning is no run yet, and whoever makes it is named.
  try RunLock.holdForReading(run) { try Report.requireRun(run) }
  let report = try RunLock.hold(run, remedy: "wait for it", makesFolder: false) {
    try Report.write(run: run, verifies: verifies, options: figures)
  }
  for message in report.messages { Console.error(message) }
  // A reader who is gone hides no figure that failed.
  let told = Result { if !isQuiet { try tell(report, since: start) } }
  guard report.failures.isEmpty else {
    throw RunError.failure(
      "\(run): the page is written, but these figures could not be drawn: "
        + report.failures.joined(separator: ", "))
  }
  try told.get()
}

private func tell(_ report: Report, since start: DispatchTime) throws {
  guard let page = report.files.last else { return }
  let count = report.figureCount
  try Console.output("\(page): \(count == 1 ? "1 figure" : "\(count) figures")\n")
  let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
  Console.error("figures and page took \(String(format: "%.1f", seconds)) s")
}
