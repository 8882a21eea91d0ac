import ArgumentParser
import Experiments
import FileAnalyses
import Files
import Runs

struct SimilarityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similarity",
    abstract:
      "How the cosines of all pairs of rows are distributed, for one or several embeddings.",
    discussion: """
      CSV input,low,high,count,share: a histogram over [-1, 1] for each embedding. Mean, standard \
      deviation and extremes go to standard error, and to --summary as CSV. A row is not paired with \
      itself, and pairs of cosine 0.999 and more (the same image twice) are left out and counted.

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, FILE.csv.

      Examples:
        topoclip similarity embeddings/clean.npy embeddings/gaussian-1-s0.npy --output cosines.csv
        topoclip similarity clip.npy finetuned.npy --bins 50 --sample 5000 --summary summary.csv
      """)

  @Argument(help: "The embeddings.")
  var inputs: [String]
  @Option(help: "Bins of the histogram.")
  var bins = 100
  @Option(help: ArgumentHelp("So many rows, drawn by --seed, in place of all.", valueName: "n"))
  var sample: Int?
  @Option(help: "The seed of the sample.")
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp("Mean, deviation, extremes and counts, a line an input.", valueName: "csv"))
  var summary: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("give one embedding or several") }
    guard (1...100_000).contains(bins) else {
      throw ValidationError("--bins \(bins): expected 1 to 100000")
    }
    if let sample, sample < 2 { throw ValidationError("--sample \(sample): expected 2 or more") }
    try requireSeparateFiles([output, summary], inputs: inputs)
  }

  func run() throws {
    execution.apply()
    Interruption.install()
    let table = try SimilarityTable(
      inputs: inputs, bins: bins, sample: sample, seed: seed, isQuiet: execution.quiet)
    if !execution.quiet { for line in table.messages { Console.error(line) } }
    if let summary { try AtomicFile.write(table.summary, to: summary) }
    try Console.output(table.csv, to: output)
  }
}
