import ArgumentParser
import Experiments
import Runs

struct ShardCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Do one shard of a planned sweep.",
    discussion: """
      Makes the cells of a shard, or with --stage analyses its units of analysis, for which every embedding has to be \
      there. What is finished is checked to the bit and not computed again; everything is written aside, synced and \
      renamed; when all of the shard is on the disk, its record shards/INDEX/STAGE.json says so, with digests. A shard \
      that is asked to stop (SIGTERM, SIGINT) finishes the cell in hand, for which it has 50 seconds, and ends with 75: run it again to go on.

      A machine whose kernels are others than the plan's is refused, as its last bits would differ.

      Examples:
        topoclip shard results/dtd --index 3
        topoclip shard results/dtd --index 3 --stage analyses
      """)

  @Argument(help: ArgumentHelp("The run directory with the plan.", valueName: "run"))
  var runPath: String
  @Option(help: "The shard, from 0.")
  var index: Int
  @Option(help: "What to do of it: embeddings (default) or analyses.")
  var stage = ShardStage.embeddings
  @Option(
    help: ArgumentHelp(
      "Refuse another plan than the one whose plan_id begins with these 12 digits or more.",
      valueName: "id"))
  var plan: String?
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    let planned = try PlannedRun(
      runPath, identifier: plan, arguments: RecordedCommand.arguments, isQuiet: execution.quiet)
    try Console.output(Shard(planned, index, stage, isQuiet: execution.quiet).execute())
  }
}

extension ShardStage: ExpressibleByArgument {}
