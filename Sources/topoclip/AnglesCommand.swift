import Analyses
import ArgumentParser
import Experiments
import Files
import LinearAlgebra
import RunAnalyses

struct AnglesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "angles",
    abstract: "Principal angles between the subspaces that rows span.",
    discussion: """
      Of two inputs: CSV index,angle in radians, ascending. Of one input with --labels: every pair of \
      classes, class_a,class_b,k_a,k_b,index,angle,null, where null is the mean of the same angle of \
      random planes of those dimensions. The dimension k and the share of the variance that it holds \
      go to standard error.

      Inputs: FILE.npy, FILE.npz:NAME, FILE.safetensors:NAME, FILE.csv. Rows are samples.

      Examples:
        topoclip angles a.npy b.npy --rank 10
        topoclip angles embeddings/clean.npy --labels samples.csv --output angles.csv
      """)

  @Argument(help: "One matrix with --labels, or two.")
  var inputs: [String]
  @Option(help: ArgumentHelp("CSV with the column class, a line a row.", valueName: "csv"))
  var labels: String?
  @Option(help: "auto (default: the smallest k with 95 % of the variance), k, or full.")
  var rank = "auto"
  @Flag(inversion: .prefixedNo, help: "Subtract the mean of the rows first.")
  var center = true
  @Option(help: "Random draws for the null column.")
  var nullDraws = 200
  @Option(help: "The seed of those draws.")
  var nullSeed: UInt64 = 0
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    guard SubspaceRank(argument: rank) != nil else {
      throw ValidationError("--rank \(rank): expected auto, full or a whole number above 0")
    }
    guard inputs.count == (labels == nil ? 2 : 1) else {
      throw ValidationError("give two inputs, or one with --labels; found \(inputs.count)")
    }
    guard nullDraws > 0 else {
      throw ValidationError("--null-draws \(nullDraws): expected 1 or more")
    }
    try requireSeparateFiles([output], inputs: inputs + [labels])
  }

  func run() throws {
    execution.apply()
    var settings = AngleSettings()
    settings.rank = SubspaceRank(argument: rank) ?? .automatic
    settings.isCentered = center
    settings.nullDraws = nullDraws
    settings.nullSeed = nullSeed
    // One thread inside products, so that no bit depends on how many there are.
    let table = try BLAS.withThreads(1) {
      try labels.map { try labelled($0, settings) } ?? between(settings)
    }
    try Console.output(table, to: output)
  }

  private func labelled(_ labels: String, _ settings: AngleSettings) throws -> String {
    let matrix = try MatrixFile.read(inputs[0])
    let (classes, indices) = try LabelsFile(path: labels, rowCount: matrix.rows).indexed
    let angles = try analyzing("\(inputs[0]) with \(labels)") {
      try AngleTables.angles(of: matrix, labels: indices, classes: classes, settings: settings)
    }
    if !execution.quiet {
      let dimensions = Set(angles.pairs.flatMap { [$0.kA, $0.kB] }).sorted()
      Console.error(
        "\(classes.count) classes, k \(dimensions.first ?? 0) to \(dimensions.last ?? 0), "
          + (center ? "centred" : "not centred"))
    }
    return AngleTables.csv(angles)
  }

  private func between(_ settings: AngleSettings) throws -> String {
    let subspaces = try inputs.map { input in
      let matrix = try MatrixFile.read(input)
      let subspace = try analyzing(input) {
        try Subspace(spanOfRows: matrix, rank: settings.rank, centered: settings.isCentered)
      }
      if !execution.quiet {
        Console.error(
          "\(input): k = \(subspace.dimension) of \(subspace.ambientDimension), "
            + "\(subspace.explainedVariance.shortestText) of the variance")
      }
      return subspace
    }
    return try analyzing(inputs.joined(separator: " and ")) {
      AngleTables.csv(try principalAngles(subspaces[0], subspaces[1]))
    }
  }
}
