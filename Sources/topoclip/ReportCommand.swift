import ArgumentParser
import Benchmarks
import Dispatch
import Foundation
import Reports

struct ReportCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Figures and report.html of a finished run, again.",
    discussion: """
      Draws figures/*.svg and *.png and writes report.html, one page that needs no other file and no network: what was \
      found in words, sortable tables, figures, a map of the embeddings, manifest and citations. All of it is read from \
      the run directory's tables; nothing is computed again, and the same run gives the same page. A figure that cannot \
      be drawn (gnuplot is not installed, a table is not there) is named on standard error and in the page.

      A directory that topoclip train wrote gives the curves of the training.

      Examples:
        topoclip report results/builtin
        topoclip report results/dtd --quiet
        topoclip report models/fine-tuned
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder that topoclip sweep or topoclip train wrote.", valueName: "run"))
  var directory: String
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    try writeReport(directory, isQuiet: execution.quiet)
  }
}

/// Writes figures and page of a run directory, and says so.
func writeReport(_ run: String, isQuiet: Bool) throws {
  let start = DispatchTime.now()
  let report = try Report.write(run: run)
  for message in report.messages { Console.error(message) }
  guard !isQuiet, let page = report.files.last else { return }
  let count = report.figureCount
  try Console.output("\(page): \(count == 1 ? "1 figure" : "\(count) figures")\n")
  let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
  Console.error("figures and page took \(String(format: "%.1f", seconds)) s")
}
