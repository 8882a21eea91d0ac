import ArgumentParser
import Experiments

struct GcCommand: StoppableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove finished work that no run refers to.",
    discussion: """
      A run keeps its finished cells and units, and those of earlier settings, levels and images too, so that nothing is \
      computed twice. This removes those that the run's objects.csv does not have, of its control too, and the files that \
      killed processes left. Tables, figures and embeddings are not touched. An unfinished run is refused, and so is a plan \
      that is not merged: what they have finished so far is needed. What is newer than the run (of a shared folder: than \
      the oldest of the runs) stays, as a sweep that was stopped may need it.

      Of a folder that runs share (topoclip sweep --cache), name the folder and ALL runs that use it: what none of \
      these refers to goes.

      Examples:
        topoclip gc results/dtd --dry-run
        topoclip gc results/dtd results/dtd-test --cache cells
      """)

  @Argument(help: ArgumentHelp("Finished runs' folders.", valueName: "run"))
  var runs: [String]
  @Option(
    help: ArgumentHelp("A folder of finished work that these runs share.", valueName: "dir"))
  var cache: String?
  @Flag(help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  func run() throws {
    let said = try GarbageCollection(runs, cache: cache, isTrial: dryRun).execute()
    try Console.output(said.isEmpty ? "nothing to remove\n" : said)
  }
}
