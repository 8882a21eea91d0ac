import ArgumentParser
import FileAnalyses

struct SimilarityCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "similarity",
    abstract:
      "How the cosines of all pairs of rows are distributed, for one or several embeddings.",
    discussion: """
      CSV input,low,high,count,share: a histogram over [-1, 1] for each embedding. Mean, standard \
      deviation and extremes go to standard error, and to --summary as CSV. A row is not paired with \
      itself, and pairs of cosine 0.999 and more (the same image twice) are left out and counted, unless \
      --keep-duplicates counts them like the others.

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, text (FILE.csv, .tsv, .txt), - for \
      standard input.

      Examples:
        topoclip similarity embeddings/clean.npy embeddings/gaussian-1-s0.npy --output cosines.csv
        topoclip similarity clip.npy finetuned.npy --bins 50 --sample 5000 --summary summary.csv
      """)

  @Argument(help: "The embeddings.")
  var inputs: [String]
  @Option(help: "Bins of the histogram, 1 to 100000.")
  var bins = 100
  @Option(help: ArgumentHelp("So many rows, drawn by --seed, in place of all.", valueName: "n"))
  var sample: Int?
  @Option(help: "The seed of the sample.")
  var seed: UInt64 = 0
  @Flag(help: "Count pairs of cosine 0.999 and more like the others.")
  var keepDuplicates = false
  @Option(
    help: ArgumentHelp("Mean, deviation, extremes and counts, a line an input.", valueName: "csv"))
  var summary: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> SimilarityJob {
    try SimilarityJob(
      inputs: inputs, bins: bins, sample: sample, seed: seed, keepsDuplicates: keepDuplicates,
      summary: summary, output: output, isQuiet: execution.quiet)
  }
}
