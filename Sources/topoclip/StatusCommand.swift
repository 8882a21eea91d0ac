import ArgumentParser
import Experiments
import Runs

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "How far the shards of a planned sweep are.",
    discussion: """
      Counts the shards that have left a record, stage by stage: a job that is gone from a queue has not thereby \
      succeeded. Ends with 3 while shards are missing, of the embeddings unless --stage says otherwise: units of analysis \
      that are missing are computed by topoclip merge.

      For a job script of your own that runs topoclip shard RUN --index "$SLURM_ARRAY_TASK_ID", --retry-array prints the \
      array, and an empty line when nothing is missing; topoclip submit does that by itself.

      Examples:
        topoclip status results/dtd
        topoclip status results/dtd --stage analyses
        topoclip status results/dtd --retry-array
      """)

  @Argument(help: ArgumentHelp("The run directory with the plan.", valueName: "run"))
  var runPath: String
  @Option(help: "The stage whose missing shards count: embeddings (default) or analyses.")
  var stage = ShardStage.embeddings
  @Flag(help: "Print the missing shards alone, as an array's indices: 3,7,12-15.")
  var retryArray = false

  /// What the command ends with while shards are missing.
  static let missing: Int32 = 3

  func run() throws {
    let status = try ShardStatus(RunDirectory(runPath))
    try Console.output(retryArray ? status.retryArray(stage) + "\n" : status.table)
    guard status.missing(stage).isEmpty else { throw ExitCode(Self.missing) }
  }
}
