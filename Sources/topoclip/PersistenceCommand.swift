public import ArgumentParser
import Benchmarks
import Experiments
import FileAnalyses
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs
public import Topology
import Training

struct PersistenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "persistence",
    abstract: "Vietoris–Rips persistence diagrams of points, distances or weighted graphs.",
    discussion: """
      Inputs: points, a row each (FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, FILE.csv); with \
      --distances a square matrix in one of those, or Ripser's lower-triangular text; with --sparse a \
      CSV with the columns i,j,distance, where pairs that are not listed never enter.

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

  @Flag(help: "The inputs are distances: square matrices or lower-triangular text.")
  var distances = false
  @Flag(help: "The inputs are CSV with the columns i,j,distance.")
  var sparse = false
  @Option(help: "With --sparse: the number of vertices (default the largest index + 1).")
  var vertices: Int?
  @Option(help: "The distance of two points, euclidean unless given.")
  var metric: Metric?

  @Option(help: "The highest dimension of holes.")
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

  @Option(help: ArgumentHelp("Chains that carry each bar, as JSON.", valueName: "file"))
  var cocycles: String?
  @Option(
    help: ArgumentHelp(
      "The distances of the one input as .npy, for another program.", valueName: "file"))
  var writeDistances: String?
  @Option(
    help: ArgumentHelp(
      "betti, entropy, total, landscape, image, separated by commas; into --output.",
      valueName: "names"))
  var summaries: String?
  @Option(help: "csv, json or npz.")
  var format = DiagramFormat.csv
  @Option(
    help: ArgumentHelp(
      "A file; with several inputs or --summaries a folder.", valueName: "path"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  enum DistancePrecision: String, ExpressibleByArgument, CaseIterable { case float32, float64 }
  enum DiagramFormat: String, ExpressibleByArgument, CaseIterable { case csv, json, npz }

  private var kind: TopologyInput.Kind {
    if sparse { return .sparse(vertexCount: vertices) }
    return distances ? .distances : .points(metric ?? .euclidean)
  }

  private var parsedScale: TopologyInput.Scale? {
    switch scale {
    case "none": .number(1)
    case "median": .median
    default: Double(scale).flatMap { $0 > 0 && $0.isFinite ? .number($0) : nil }
    }
  }

  private var parsedSummaries: [DiagramSummary]? {
    guard let summaries else { return [] }
    let names = summaries.split(separator: ",", omittingEmptySubsequences: false)
    let parsed = names.compactMap { DiagramSummary(rawValue: String($0)) }
    return parsed.count == names.count ? parsed : nil
  }

  private var isFolder: Bool { inputs.count > 1 || summaries != nil }

  func validate() throws {
    func require(_ condition: Bool, _ message: String) throws {
      if !condition { throw ValidationError(message) }
    }
    try require(!(distances && sparse), "--distances and --sparse: give one of the two")
    try require(sparse || vertices == nil, "--vertices goes with --sparse")
    try require(
      metric == nil || !distances && !sparse,
      "--metric is for points; --distances and --sparse bring their own distances")
    try require(output != "", "--output: expected a path, found none")
    try require(vertices ?? 0 >= 0, "--vertices: expected a whole number from 0")
    try require((0...30).contains(maxDimension), "--max-dimension: expected 0 to 30")
    try require(
      threshold.map { $0 >= 0 } ?? true, "--threshold: expected a number from 0, or inf")
    do { try VietorisRips.requirePrime(prime) } catch {
      throw ValidationError("--prime \(prime): \(error)")
    }
    try require(
      parsedScale != nil, "--scale \(scale): expected none, median or a number above 0")
    try require(landmarks ?? 1 >= 1, "--landmarks: expected a whole number above 0")
    try require(landmarks == nil || !sparse, "--landmarks needs points or distances, not --sparse")
    try require(
      parsedSummaries != nil,
      "--summaries \(summaries ?? ""): expected "
        + DiagramSummary.allCases.map(\.rawValue).joined(separator: ", "))
    try require(summaries == nil || output != nil, "--summaries needs --output DIR")
    try require(
      format != .npz || output != nil, "--format npz needs --output: it is not text")
    try require(
      writeDistances == nil || inputs.count == 1 && !sparse,
      "--write-distances takes one input of points or distances")
    try requireSeparateFiles(outputs, inputs: inputs)
  }

  /// Every file that will be written.
  private var outputs: [String?] {
    var files = [cocycles, writeDistances]
    if let output, isFolder {
      files += outputNames.map { "\(output)/\($0).\(format)" }
      files += (parsedSummaries ?? []).map { "\(output)/\($0.fileName)" }
    } else {
      files.append(output)
    }
    return files
  }

  /// What the inputs are called in a folder.
  private var outputNames: [String] {
    InputNames.distinct(inputs, reserved: parsedSummaries?.map(\.rawValue) ?? [])
  }

  func run() throws {
    execution.apply()
    BLAS.endThreads()  // products here run on one thread each
    Interruption.install()
    let rips = VietorisRips(
      maximumDimension: maxDimension, threshold: threshold == .infinity ? nil : threshold,
      prime: prime, keepsZeroLength: keepZero, withRepresentatives: cocycles != nil)
    let settings = TopologyInput.Settings(
      kind: kind, keepsDoubles: distancePrecision == .float64, landmarks: landmarks,
      scale: parsedScale ?? .number(1), threshold: rips.threshold)
    let job = PersistenceJob(
      inputs: inputs, settings: settings, rips: rips, writeDistances: writeDistances,
      isQuiet: execution.quiet)
    let names = outputNames
    try requireOutput()
    var results: [PersistenceJob.Result] = []
    try job.run { index, result in
      // Written as it comes: a later input that fails takes nothing away.
      if isFolder, let output {
        try write(result, input: inputs[index], to: "\(output)/\(names[index]).\(format)")
      }
      results.append(result)
    }
    try writeResults(results)
    if let cocycles {
      let objects = zip(inputs, results).map {
        DiagramTable.json(representativesOf: $1.persistence, input: $0)
      }
      try AtomicFile.write(
        "[\n" + objects.filter { !$0.isEmpty }.joined(separator: ",\n") + "\n]\n", to: cocycles)
    }
  }

  /// Checks, before anything is computed, that `--output` is not a folder in place of a file, or a
  /// file in place of a folder.
  private func requireOutput() throws {
    guard let output else { return }
    var isDirectory: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: output, isDirectory: &isDirectory) else {
      return
    }
    if isFolder, !isDirectory.boolValue {
      throw FileError(output, "is a file; with several inputs or --summaries --output is a folder")
    }
    if !isFolder, isDirectory.boolValue { throw FileError(output, "is a folder; expected a file") }
  }

  private func writeResults(_ results: [PersistenceJob.Result]) throws {
    if let output, isFolder {
      for summary in parsedSummaries ?? [] {
        try summary.write(
          zip(inputs, results.map(\.persistence.diagram)).map { ($0, $1) },
          maximumDimension: maxDimension, folder: output)
      }
    } else if let output {
      try write(results[0], input: inputs[0], to: output)
    } else {
      Console.output(text(results))
    }
  }

  private func write(
    _ result: PersistenceJob.Result, input: String, to path: String
  ) throws {
    switch format {
    case .csv: try AtomicFile.write(DiagramTable.csv(result.persistence.diagram), to: path)
    case .json:
      try AtomicFile.write(json(result, input: nil) + "\n", to: path)
    case .npz:
      try AtomicFile.write(
        DiagramTable.npz(result.persistence.diagram, maximumDimension: maxDimension), to: path)
    }
  }

  private func json(_ result: PersistenceJob.Result, input: String?) -> String {
    DiagramTable.json(
      result.persistence, input: input, maximumDimension: maxDimension, prime: prime,
      metric: kind.metricName)
  }

  /// What goes to standard output.
  private func text(_ results: [PersistenceJob.Result]) -> String {
    switch format {
    case .json where inputs.count == 1: return json(results[0], input: nil) + "\n"
    case .json, .npz:
      return "[" + zip(inputs, results).map { json($1, input: $0) }.joined(separator: ",\n")
        + "]\n"
    case .csv where inputs.count == 1: return DiagramTable.csv(results[0].persistence.diagram)
    case .csv:
      return CSV.line(["input"] + DiagramTable.header)
        + zip(inputs, results).map {
          DiagramTable.lines($1.persistence.diagram, prefix: [$0])
        }.joined()
    }
  }
}

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
