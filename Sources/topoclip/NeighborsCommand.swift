public import Analyses
public import ArgumentParser
import FileAnalyses
import LinearAlgebra

struct NeighborsCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "neighbors",
    abstract: "The nearest rows of every row, in one or several embeddings side by side.",
    discussion: """
      CSV row,rank,neighbor and the distance, or the similarity where the distance is 1 less it, as by \
      the cosine; with several embeddings of the same rows a pair of columns each, neighbor_NAME and similarity_NAME, and on standard error the \
      share of neighbours that two of them have in common. Ranks count from 1; a row is no neighbour of \
      itself. Neighbours are exact, ties in order of rows, up to 100,000 rows; above, they come from an \
      index (hnswlib), whose recall is measured on 1,000 rows and printed. --index exact compares all.

      With --images, --html writes a page: the images of some rows and of their neighbours in each \
      embedding.

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, text (FILE.csv, .tsv, .txt), - for \
      standard input.

      Examples:
        topoclip neighbors embeddings/clean.npy -k 10 --output neighbors.csv
        topoclip neighbors clean.npy gaussian-1-s0.npy -k 5 --rows 0,120,240
        topoclip neighbors a.npy b.npy --rows 3,17 --labels samples.csv --images dtd/images --html near.html
      """)

  @Argument(help: "Embeddings of the same rows.")
  var inputs: [String]
  @Option(
    name: [.customShort("k"), .customLong("neighbors")],
    help: "How many neighbours a row, 1 to 1000000.")
  var count = 10
  @Option(
    help: "The distance: \(Metric.neighborNames).",
    completion: .list(Metric.ofNeighbors.map(\.name)))
  var metric = Metric.cosine.name
  @Option(help: "auto (exact up to 100000 rows), exact or approximate.")
  var index = NeighborIndex.automatic
  @Option(help: "Rows separated by commas, counted from 0 (default all).")
  var rows: String?
  @Option(
    help: ArgumentHelp(
      "CSV with the columns class (or label) and path, a line a row.", valueName: "csv"))
  var labels: String?
  @Option(help: ArgumentHelp("The folder that the paths of --labels are in.", valueName: "dir"))
  var images: String?
  @Option(
    help: ArgumentHelp("A page with the images of --rows and their neighbours.", valueName: "html"))
  var html: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> NeighborsJob {
    try NeighborsJob(
      inputs: inputs, count: count, metric: metric, index: index, rows: rows, labels: labels,
      images: images, html: html, output: output, isQuiet: execution.quiet)
  }
}

extension NeighborIndex: ExpressibleByArgument {}
