import ArgumentParser
import Experiments
import Runs

struct PlanCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Share a sweep out to several machines: plan.json of a run directory.",
    discussion: """
      Lists every image, cell (the embeddings of some images under one condition) and unit of analysis of a sweep, and \
      shares them out to shards. The number of shards, the model, the images by their digests and the kernels are fixed \
      in the plan; plan_id is the SHA-256 of all that. plan/images.csv, plan/cells.csv and plan/units.csv say who does \
      what. Each shard is then done by topoclip shard, on any machine that sees the folder, as often as it takes; \
      topoclip merge writes the run that topoclip sweep would have written, byte for byte, whatever the number of shards.

      A folder that has another plan, or a run of other embeddings, keeps it: --overwrite replaces the plan, and has the \
      merge replace that run. Finished cells and units always stay.

      Examples:
        topoclip plan experiments/dtd.yaml --shards 40 --output results/dtd
        topoclip plan --dataset imagenet-val --model DIR --noise shot,blur --shards 200 --output results/imagenet
        topoclip plan experiments/dtd.yaml --pack 8 --output results/dtd
      """)

  @OptionGroup var options: SweepOptions
  @Option(help: "How many shards (default 1): what one machine does in one go.")
  var shards: Int?
  @Option(
    help: ArgumentHelp(
      "In place of --shards: as many shards as hold so many cells each.", valueName: "cells"))
  var pack: Int?
  @Flag(help: "Say what the plan would be, and what would refuse it, and write nothing.")
  var dryRun = false

  var execution: ExecutionOptions { options.execution }

  func validate() throws {
    if let shards, !ShardPlan.numbers.contains(shards) {
      throw ValidationError(
        "--shards \(shards): expected \(ShardPlan.numbers.lowerBound) to \(ShardPlan.numbers.upperBound)"
      )
    }
    if let pack, pack < 1 { throw ValidationError("--pack \(pack): expected 1 cell or more") }
    if shards != nil, pack != nil {
      throw ValidationError(
        "--shards and --pack both say how many shards there are; give one of them")
    }
  }

  func run() throws {
    let source = try options.source()
    let sweep = Sweep(
      try Experiment(source), arguments: RecordedCommand.arguments, isQuiet: execution.quiet,
      overwrites: options.overwrite)
    try Console.output(
      sweep.planShards(source, shards: pack == nil ? shards ?? 1 : nil, pack: pack, isTrial: dryRun)
    )
  }
}
