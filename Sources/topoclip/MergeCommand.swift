import ArgumentParser
import Experiments
import Runs

struct MergeCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "The run of a planned sweep, from what its shards have finished.",
    discussion: """
      Writes tables, figures and page as topoclip sweep does, byte for byte, whatever the number of shards and the order in \
      which they ended. Cells must all be there: what is missing is named, with the shards that make it. Units of analysis \
      that no shard has computed are computed here.

      Examples:
        topoclip merge results/dtd
        topoclip merge results/dtd --no-report
      """)

  @Argument(help: ArgumentHelp("The run directory with the plan.", valueName: "run"))
  var runPath: String
  @Option(
    help: ArgumentHelp(
      "Refuse another plan than the one whose plan_id begins with these 12 digits or more.",
      valueName: "id"))
  var plan: String?
  @Flag(help: "Replace another run that is in the folder; finished cells and units stay.")
  var overwrite = false
  @Flag(inversion: .prefixedNo, help: "Draw figures and write report.html at the end.")
  var report = true
  @OptionGroup var figures: FigureOptionGroup
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    let planned = try PlannedRun(
      runPath, identifier: plan, arguments: RecordedCommand.arguments, isQuiet: execution.quiet,
      overwrites: overwrite)
    try finish(
      planned.merging(), isQuiet: execution.quiet, figures: report ? figures.options() : nil)
  }
}
