import Analyses
public import ArgumentParser
import Experiments
import Files
import LinearAlgebra

struct LayoutCommand: ParsableCommand {
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

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, FILE.csv. Rows are points.

      Examples:
        topoclip layout embeddings/clean.npy --method tsne --output tsne.csv
        topoclip layout points.npy --method umap --quality quality.json --labels samples.csv
        topoclip layout points.npy --method umap --transform new.npy --transformed new.csv
        topoclip layout points.csv --method pca
      """)

  @Argument(help: "The points.")
  var input: String
  @Option(help: "tsne, umap or pca.")
  var method: LayoutMethod
  @Option(help: "euclidean or cosine (default cosine for umap, euclidean otherwise).")
  var metric: NeighborMetric?
  @Option(help: "The seed of all that is random.")
  var seed: UInt64 = 0
  @Option(help: "t-SNE: perplexity (default 30).")
  var perplexity: Double?
  @Option(help: "t-SNE: iterations, early exaggeration's among them (default 750).")
  var iterations: Int?
  @Option(help: "t-SNE: the factor on affinities in the first third (default 12).")
  var earlyExaggeration: Double?
  @Option(help: "t-SNE: auto or a number above 0.")
  var learningRate = "auto"
  @Option(help: "UMAP: neighbours, the point itself among them (default 15).")
  var neighbors: Int?
  @Option(help: "UMAP: least distance in the plane (default 0.1).")
  var minDist: Double?
  @Option(help: "UMAP: auto (500 up to 10,000 points, 200 above) or a whole number.")
  var epochs = "auto"
  @Option(
    help: ArgumentHelp("UMAP: new points to put into the finished layout.", valueName: "input"))
  var transform: String?
  @Option(help: ArgumentHelp("Where their row,x,y go.", valueName: "csv"))
  var transformed: String?
  @Option(help: ArgumentHelp("How far to trust the layout, as JSON.", valueName: "json"))
  var quality: String?
  @Option(help: ArgumentHelp("CSV with the column class, a line a row.", valueName: "csv"))
  var labels: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    func refuse(_ option: String, _ isGiven: Bool, for other: LayoutMethod) throws {
      if isGiven, method != other {
        throw ValidationError("--\(option) is for --method \(other); this one is \(method)")
      }
    }
    for (option, isGiven) in [
      ("perplexity", perplexity != nil), ("iterations", iterations != nil),
      ("early-exaggeration", earlyExaggeration != nil), ("learning-rate", learningRate != "auto"),
    ] {
      try refuse(option, isGiven, for: .tsne)
    }
    for (option, isGiven) in [
      ("neighbors", neighbors != nil), ("min-dist", minDist != nil), ("epochs", epochs != "auto"),
      ("transform", transform != nil),
    ] {
      try refuse(option, isGiven, for: .umap)
    }
    if method == .pca, metric == .cosine {
      throw ValidationError("--metric cosine is not for --method pca, which is Euclidean")
    }
    guard (transform == nil) == (transformed == nil) else {
      throw ValidationError("--transform and --transformed go together")
    }
    if labels != nil, quality == nil {
      throw ValidationError("--labels serves the silhouette of --quality; name its file")
    }
    _ = try recipe()
    try refuseSameFiles([output, quality, transformed])
  }

  private func recipe() throws -> LayoutRecipe {
    func number<Value: LosslessStringConvertible>(
      _ text: String, _ option: String, _ expected: String, isValid: (Value) -> Bool
    ) throws -> Value? {
      if text == "auto" { return nil }
      guard let value = Value(text), isValid(value) else {
        throw ValidationError("--\(option) \(text): expected auto or \(expected)")
      }
      return value
    }
    var recipe = LayoutRecipe(method)
    recipe.metric = metric
    recipe.seed = seed
    recipe.perplexity = perplexity
    recipe.iterations = iterations ?? recipe.iterations
    recipe.earlyExaggeration = earlyExaggeration ?? recipe.earlyExaggeration
    recipe.learningRate = try number(learningRate, "learning-rate", "a number above 0") {
      $0 > 0 && $0.isFinite
    }
    recipe.neighborCount = neighbors
    recipe.minimumDistance = minDist ?? recipe.minimumDistance
    recipe.epochs = try number(epochs, "epochs", "a whole number above 0") { $0 > 0 }
    return recipe
  }

  func run() throws {
    execution.apply()
    Interruption.install()
    let job = LayoutJob(
      input: input, recipe: try recipe(), labels: labels, newPoints: transform,
      measuresQuality: quality != nil, isQuiet: execution.quiet)
    let result = try job.run()
    for note in result.notes where !execution.quiet { Console.error("\(input): \(note)") }
    if let quality, let json = result.quality { try AtomicFile.write(json, to: quality) }
    if let transformed, let table = result.transformed {
      try AtomicFile.write(table, to: transformed)
    }
    try Console.output(result.table, to: output)
  }
}

/// Refuses to write two results to one file.
func refuseSameFiles(_ paths: [String?]) throws {
  let given = paths.compactMap(\.self)
  for (index, path) in given.enumerated() where given[..<index].contains(path) {
    throw ValidationError("\(path) is named for two results; give each a file of its own")
  }
}

extension LayoutMethod: ExpressibleByArgument {}
extension NeighborMetric: ExpressibleByArgument {}
