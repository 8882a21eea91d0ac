import ArgumentParser
import FileAnalyses

struct AnglesCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "angles",
    abstract: "Principal angles between the subspaces that rows span.",
    discussion: """
      Of two inputs: CSV index,angle in radians, ascending. Of one input with --labels: every pair of \
      classes, class_a,class_b,k_a,k_b,index,angle,null, where null is the mean of the same angle of \
      random planes of those dimensions. The dimension k and the share of the variance that it holds \
      go to standard error.

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, text (FILE.csv, .tsv, .txt), - for \
      standard input. Rows are samples.

      Examples:
        topoclip angles a.npy b.npy --rank 10
        topoclip angles embeddings/clean.npy --labels samples.csv --output angles.csv
      """)

  @Argument(help: "One matrix with --labels, or two.")
  var inputs: [String]
  @Option(help: ArgumentHelp("CSV with the column class or label, a line a row.", valueName: "csv"))
  var labels: String?
  @Option(help: "auto (default: the smallest k with 95 % of the variance), k, or full.")
  var rank = "auto"
  @Flag(inversion: .prefixedNo, help: "Subtract the mean of the rows first.")
  var center = true
  @Option(help: "Random draws for the null column, 1 to 1000000.")
  var nullDraws = 200
  @Option(help: "The seed of those draws.")
  var nullSeed: UInt64 = 0
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> AnglesJob {
    try AnglesJob(
      inputs: inputs, labels: labels, rank: rank, isCentered: center, nullDraws: nullDraws,
      nullSeed: nullSeed, output: output, isQuiet: execution.quiet)
  }
}
