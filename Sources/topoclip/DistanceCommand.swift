public import ArgumentParser
import FileAnalyses
public import Topology

struct DistanceCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "distance",
    abstract: "Bottleneck and Wasserstein distances between persistence diagrams.",
    discussion: """
      Diagrams are CSV with the columns dimension,birth,death, or the JSON and NPZ that topoclip \
      persistence writes. The result is CSV dimension,distance, a \
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
  var metric = DiagramMetric.Name.bottleneck
  @Option(help: "With wasserstein: 1 or 2.")
  var order: Int?
  @Option(help: "The metric between points of diagrams: inf or 2.")
  var ground = GroundMetric.infinity
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

  func job() throws -> DistanceJob {
    try DistanceJob(
      diagrams: diagrams, pairs: pairs, metric: metric, order: order, ground: ground,
      dimension: dimension, tolerance: tolerance, matching: matching, output: output,
      isQuiet: execution.quiet)
  }
}

extension DiagramMetric.Name: ExpressibleByArgument {}
extension GroundMetric: ExpressibleByArgument {}
