import ArgumentParser
import Experiments
import FileAnalyses
import Files
import LinearAlgebra
import RunAnalyses
import Runs
import Topology

struct DistanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distance",
    abstract: "Bottleneck and Wasserstein distances between persistence diagrams.",
    discussion: """
      Diagrams are CSV with the columns dimension,birth,death. The result is CSV dimension,distance, a \
      row a dimension; with --pairs, a,b come first. Essential classes match in order of birth; \
      different numbers of them give inf. Bars of length zero change nothing.

      Examples:
        topoclip distance clean.csv noisy.csv
        topoclip distance clean.csv noisy.csv --metric wasserstein --order 2 --dimension 1
        topoclip distance clean.csv noisy.csv --matching matching.csv
        topoclip distance --pairs pairs.csv --tolerance 0.01 --output distances.csv
      """)

  @Argument(help: "Two diagrams.")
  var diagrams: [String] = []
  @Option(help: ArgumentHelp("CSV with the columns a,b: a diagram each.", valueName: "csv"))
  var pairs: String?
  @Option(help: "bottleneck or wasserstein.")
  var metric = MetricName.bottleneck
  @Option(help: "With wasserstein: 1 or 2.")
  var order: Int?
  @Option(help: "The metric between points of diagrams: inf or 2.")
  var ground = Ground.inf
  @Option(help: "One dimension only.")
  var dimension: Int?
  @Option(help: "0 (exact) or the relative error allowed.")
  var tolerance = 0.0
  @Option(
    help: ArgumentHelp(
      "The matching as CSV dimension,a,b: rows counted from 0, -1 the diagonal.",
      valueName: "csv"))
  var matching: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  enum MetricName: String, ExpressibleByArgument, CaseIterable { case bottleneck, wasserstein }
  enum Ground: String, ExpressibleByArgument, CaseIterable {
    case inf
    case euclidean = "2"
  }

  func validate() throws {
    guard diagrams.count == (pairs == nil ? 2 : 0) else {
      throw ValidationError("give two diagrams, or --pairs LIST.csv; found \(diagrams.count)")
    }
    guard [nil, 1, 2].contains(order), order == nil || metric == .wasserstein else {
      throw ValidationError("--order: expected 1 or 2, with --metric wasserstein")
    }
    guard (0..<1).contains(tolerance) else {
      throw ValidationError("--tolerance \(tolerance): expected 0 or more and less than 1")
    }
    guard dimension ?? 0 >= 0 else { throw ValidationError("--dimension: expected 0 or more") }
    guard matching == nil || pairs == nil else {
      throw ValidationError("--matching goes with two diagrams, not with --pairs")
    }
    try requireSeparateFiles([output, matching], inputs: diagrams + [pairs])
  }

  func run() throws {
    execution.apply()
    Interruption.install()
    let kind: DiagramComparison.Kind =
      metric == .bottleneck ? .bottleneck : .wasserstein(order: order ?? 1)
    let comparison = DiagramComparison(
      kind: kind, ground: ground == .inf ? .infinity : .euclidean, tolerance: tolerance,
      dimension: dimension)
    let text = try pairs.map { try table($0, comparison) } ?? table(comparison)
    if !execution.quiet { Console.error(comparison.description) }
    try Console.output(text, to: output)
  }

  private func table(_ comparison: DiagramComparison) throws -> String {
    let distances = try comparison.compare(
      DiagramTable.read(diagrams[0]), DiagramTable.read(diagrams[1]))
    if let matching {
      let lines = distances.flatMap { distance in
        distance.pairs.map { CSV.line(["\(distance.dimension)", "\($0.a)", "\($0.b)"]) }
      }
      try AtomicFile.write(
        CSV.line(["dimension", "a", "b"]) + lines.joined(), to: matching)
    }
    return CSV.line(["dimension", "distance"])
      + distances.map { CSV.line(["\($0.dimension)", $0.distance.shortestText]) }.joined()
  }

  private func table(_ list: String, _ comparison: DiagramComparison) throws -> String {
    let list = try CSV(path: list)
    let columns = (try list.column("a"), try list.column("b"))
    try requireSeparateFiles(
      [output], inputs: list.records.flatMap { [$0.fields[columns.0], $0.fields[columns.1]] })
    let rows = try Parallel.tryMap(count: list.records.count) { index in
      let fields = list.records[index].fields
      let pair = [fields[columns.0], fields[columns.1]]
      let distances: [DiagramComparison.Distance]
      do {
        distances = try comparison.compare(
          DiagramTable.read(pair[0]), DiagramTable.read(pair[1]))
      } catch let error as FileError {
        throw FileError(list.file, "line \(list.records[index].line): \(error)")
      }
      return distances.map {
        CSV.line(pair + ["\($0.dimension)", $0.distance.shortestText])
      }.joined()
    }
    return CSV.line(["a", "b", "dimension", "distance"]) + rows.joined()
  }
}
