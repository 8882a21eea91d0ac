import Analyses
import ArgumentParser
import FileAnalyses
import LinearAlgebra
public import RunAnalyses

struct LayoutCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "layout",
    abstract:
      "Points in the plane by t-SNE, UMAP or PCA, with numbers that say how far to trust it.",
    discussion: """
      CSV row,x,y. --quality writes trustworthiness, continuity, the share of the 10 nearest \
      neighbours that are kept, with --labels the silhouette by class, and for t-SNE the \
      Kullback–Leibler divergence. The same seed gives the same bytes, whatever the number of threads.

      Neighbours are exact up to 100,000 points; above, they come from an index, and its recall is \
      printed. Points whose number does not allow the default perplexity or neighbours get what it does \
      allow, with a note on standard error.

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, text (FILE.csv, .tsv, .txt), - for \
      standard input. Rows are points.

      Examples:
        topoclip layout embeddings/clean.npy --method tsne --output tsne.csv
        topoclip layout points.npy --method umap --quality quality.json --labels samples.csv
        topoclip layout points.npy --method umap --transform new.npy --transformed new.csv
        topoclip layout points.csv --method pca
      """)

  @Argument(help: "The points.")
  var input: String
  @Option(help: "How they are laid out.")
  var method: LayoutMethod
  @Option(
    help:
      "The distance of two points: \(Metric.neighborNames) (default cosine for umap, euclidean otherwise).",
    completion: .list(Metric.ofNeighbors.map(\.name)))
  var metric: String?
  @Option(help: "The seed of all that is random (default 0).")
  var seed: String?
  @Option(help: "t-SNE: perplexity (default 30).")
  var perplexity: String?
  @Option(help: "t-SNE: iterations, early exaggeration's among them (default 750).")
  var iterations: String?
  @Option(help: "t-SNE: the factor on affinities in the first third (default 12).")
  var earlyExaggeration: String?
  @Option(help: "t-SNE: a number above 0 (default auto: n over the exaggeration).")
  var learningRate: String?
  @Option(help: "UMAP: neighbours, the point itself among them (default 15).")
  var neighbors: String?
  @Option(help: "UMAP: least distance in the plane (default 0.1).")
  var minDist: String?
  @Option(help: "UMAP: a whole number (default auto: 500 up to 10,000 points, 200 above).")
  var epochs: String?
  @Option(
    help: ArgumentHelp("UMAP: new points to put into the finished layout.", valueName: "input"))
  var transform: String?
  @Option(help: ArgumentHelp("Where their row,x,y go.", valueName: "csv"))
  var transformed: String?
  @Option(help: ArgumentHelp("How far to trust the layout, as JSON.", valueName: "json"))
  var quality: String?
  @Option(help: ArgumentHelp("CSV with the column class or label, a line a row.", valueName: "csv"))
  var labels: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> LayoutJob {
    try LayoutJob(
      input: input, method: method,
      settings: [
        "metric": metric, "seed": seed, "perplexity": perplexity,
        "iterations": iterations, "early-exaggeration": earlyExaggeration,
        "learning-rate": learningRate, "neighbors": neighbors, "min-dist": minDist,
        "epochs": epochs,
      ],
      labels: labels, newPoints: transform, transformed: transformed, quality: quality,
      output: output, isQuiet: execution.quiet)
  }
}

extension LayoutMethod: ExpressibleByArgument {}
