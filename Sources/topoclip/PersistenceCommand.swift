public import ArgumentParser
public import FileAnalyses
public import LinearAlgebra
import Topology

struct PersistenceCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "persistence",
    abstract: "Vietoris–Rips persistence diagrams of points, distances or weighted graphs.",
    discussion: """
      Inputs: points, a row each (FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, text as FILE.csv, .tsv or \
      .txt, - for standard input); with --distances a square matrix or SciPy's condensed form in one of \
      those, or a triangle as text, where inf and empty fields are pairs that never enter; with --sparse a \
      table with the columns i,j,distance, or lines of these without names, where pairs that are not listed \
      never enter and i,i is the value at which vertex i does.

      CSV dimension,birth,death by dimension, birth and death; of several inputs with a first column \
      input, or a file each in --output DIR. The filtration ends at the enclosing radius, which \
      changes no bar, unless --threshold ends it earlier.

      Examples:
        topoclip persistence embeddings/clean.npy --output clean.csv
        topoclip persistence a.npy b.npy --metric cosine --max-dimension 2 --output diagrams
        topoclip persistence matrix.npy --distances --format npz --output diagrams.npz
        topoclip persistence points.npy --threshold 0.5 --cocycles cocycles.json
        topoclip persistence edges.csv --sparse --vertices 1000 --prime 3
        topoclip persistence large.npy --landmarks 2000 --summaries betti,entropy --output large
      """)

  @Argument(help: "One or more files, all of one kind.")
  var inputs: [String]

  @Flag(help: "The inputs are distances: squares, condensed or triangles.")
  var distances = false
  @Flag(help: "The inputs are lists of edges: i,j,distance.")
  var sparse = false
  @Option(help: "With --sparse: the number of vertices (default the largest index + 1).")
  var vertices: Int?
  @Option(help: "The distance of two points, euclidean unless given.")
  var metric: Metric?

  @Option(help: "The highest dimension of holes, 0 to 30.")
  var maxDimension = 1
  @Option(
    help:
      "The largest distance that enters, rounded to float32 as distances are (default: the enclosing radius)."
  )
  var threshold: Double?
  @Option(help: "The field of coefficients: Z/p for a prime p below 32768.")
  var prime = 2
  @Option(help: "float32 (default: distances rounded once) or float64.")
  var distancePrecision = DistancePrecision.float32
  @Option(help: "none, median, or the number that distances are divided by.")
  var scale = "none"
  @Option(help: ArgumentHelp("At most so many points, chosen by maxmin.", valueName: "k"))
  var landmarks: Int?
  @Flag(help: "List bars of length zero too.")
  var keepZero = false

  @Option(
    help: ArgumentHelp(
      "Chains that carry each bar, as JSON; vertices are rows of the input.", valueName: "file"))
  var cocycles: String?
  @Option(
    help: ArgumentHelp(
      "The distances of the one input as .npy, for another program.", valueName: "file"))
  var writeDistances: String?
  @Option(
    help: ArgumentHelp(
      "With --landmarks: CSV landmark,row, their rows in the input (beside --write-distances unless named).",
      valueName: "file"))
  var writeLandmarks: String?
  @Option(
    help: ArgumentHelp(
      "betti, entropy, total, landscape, image, separated by commas; into --output.",
      valueName: "names"))
  var summaries: String?
  @Option(help: "csv, json or npz.")
  var format = PersistenceOutput.Format.csv
  @Option(
    help: ArgumentHelp(
      "A file; with several inputs or --summaries a folder.", valueName: "path"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  enum DistancePrecision: String, ExpressibleByArgument, CaseIterable { case float32, float64 }

  func job() throws -> PersistenceJob {
    let kind = try TopologyInput.Kind(
      distances: distances, sparse: sparse, vertices: vertices, metric: metric)
    let rips = try VietorisRips(
      maxDimension: maxDimension, threshold: threshold, prime: prime, keepsZero: keepZero,
      cocycles: cocycles)
    return try PersistenceJob(
      inputs: inputs,
      settings: TopologyInput.Settings(
        kind: kind, keepsDoubles: distancePrecision == .float64, landmarks: landmarks,
        scale: scale, rips: rips),
      rips: rips, writeDistances: writeDistances, writeLandmarks: writeLandmarks,
      output: PersistenceOutput(
        path: output, format: format, summaries: summaries, cocycles: cocycles),
      isQuiet: execution.quiet)
  }
}

extension PersistenceOutput.Format: ExpressibleByArgument {}

extension Metric: ExpressibleByArgument {
  /// The metric of that name.
  public init?(argument: String) {
    guard let metric = Metric.named(argument) else { return nil }
    self = metric
  }

  /// The names of the registry.
  public static var allValueStrings: [String] { all.map(\.name) }

  /// What each is, for help.
  public static var allValueDescriptions: [String: String] {
    Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.words) })
  }

  /// Shells complete the names.
  public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
