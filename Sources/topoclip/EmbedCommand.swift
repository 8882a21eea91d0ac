import ArgumentParser
import Datasets
import Experiments
import Runs

struct EmbedCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "The embeddings of a sweep alone, without analyses.",
    discussion: """
      Writes embeddings/CONDITION.npy (float32, unit rows in the order of samples.csv), samples.csv, \
      classes.csv and manifest.json.

      Example:
        topoclip embed dtd --model clip-vit-base-patch32 --levels 0,1 --output embeddings
      """)

  @Argument(
    help: ArgumentHelp(
      "Images with their classes: \(DatasetKind.help).", valueName: "dataset"))
  var path: String?
  @OptionGroup var options: ExperimentOptions
  @OptionGroup var trial: DryRunOption

  var execution: ExecutionOptions { options.execution }

  func run() throws {
    let extra = path.map { [Assignment("dataset.path", $0, place: "DATASET")] } ?? []
    let experiment = try options.experiment(file: nil, extra: extra)
    guard !experiment.hasControl else {
      throw ValidationError(
        "control belongs to analyses, and embed has none; embed with --model random:MODEL, or sweep"
      )
    }
    let sweep = Sweep(
      experiment, arguments: RecordedCommand.arguments, isQuiet: execution.quiet,
      overwrites: options.overwrite)
    guard !trial.dryRun else {
      return try Console.output(sweep.estimate(onlyEmbeddings: true).table)
    }
    try Console.output(sweep.execute(onlyEmbeddings: true))
  }
}
