import Analyses
import Files
import LinearAlgebra
import RunAnalyses
import Runs

/// Principal angles between the subspaces of files, as `topoclip angles` computes them: of two inputs, or between
/// the classes of one.
package struct AnglesJob: Job, Sendable {
  private let inputs: [String]
  private let labels: String?
  private let settings: AngleSettings
  private let output: String?
  private let isQuiet: Bool

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - inputs: One matrix with labels, or two.
  ///   - labels: A CSV with the column `class`, a line a row; nil for two matrices.
  ///   - rank: `auto`, `full` or the dimension of a subspace.
  ///   - isCentered: Whether the mean of the rows is subtracted first.
  ///   - nullDraws: Random draws for the column `null`.
  ///   - nullSeed: The seed of those draws.
  ///   - output: A file in place of standard output.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    inputs: [String], labels: String?, rank: String, isCentered: Bool, nullDraws: Int,
    nullSeed: UInt64, output: String?, isQuiet: Bool
  ) throws {
    guard let parsed = SubspaceRank(argument: rank) else {
      throw OptionError("--rank \(rank): expected \(SubspaceRank.words)")
    }
    try require(
      inputs.count == (labels == nil ? 2 : 1),
      "give two inputs, or one with --labels; found \(inputs.count)")
    try requireCount("--null-draws", nullDraws, in: .replicates)
    try requireSeparateFiles([output], inputs: inputs + [labels])
    var settings = AngleSettings()
    settings.rank = parsed
    settings.isCentered = isCentered
    settings.nullDraws = nullDraws
    settings.nullSeed = nullSeed
    self.settings = settings
    self.inputs = inputs
    self.labels = labels
    self.output = output
    self.isQuiet = isQuiet
  }

  /// Computes the angles; dimensions and shares of variance go to standard error.
  ///
  /// - Returns: CSV `index,angle` of two inputs, or `class_a,class_b,k_a,k_b,index,angle,null` of one, in radians;
  ///   empty when it went to a file.
  /// - Throws: `FileError` naming the file; `CancellationError`.
  package func run() throws -> String {
    // One thread inside products, so that no bit depends on how many there are.
    let table = try BLAS.withThreads(1) {
      try labels.map { try labelled($0) } ?? between()
    }
    try Interruption.check()
    return try delivered(table, to: output)
  }

  private func labelled(_ labels: String) throws -> String {
    let (matrix, precision) = try MatrixFile.readWithPrecision(inputs[0])
    let table = try LabelsFile(path: labels, rowCount: matrix.rows)
    table.remarks.forEach(MatrixFile.tell)
    let (classes, indices) = table.indexed
    let angles = try analyzing("\(inputs[0]) with \(labels)") {
      try ClasswiseAngles(
        embedding: matrix, classes: indices, classNames: classes, rank: settings.rank,
        centered: settings.isCentered,
        null: RandomAngleExpectation(draws: settings.nullDraws, seed: settings.nullSeed),
        precision: precision, control: .interruptible(isQuiet: isQuiet))
    }
    let dimensions = Set(angles.pairs.flatMap { [$0.kA, $0.kB] }).sorted()
    announce(
      "\(classes.count) classes, k \(dimensions.first ?? 0) to \(dimensions.last ?? 0), "
        + (settings.isCentered ? "centred" : "not centred"), isQuiet: isQuiet)
    return AngleTables.csv(angles)
  }

  private func between() throws -> String {
    let subspaces = try inputs.map { input in
      try Interruption.check()
      let (matrix, precision) = try MatrixFile.readWithPrecision(input)
      let subspace = try analyzing(input) {
        try Subspace(
          spanOfRows: matrix, rank: settings.rank, centered: settings.isCentered,
          precision: precision)
      }
      announce(
        "\(input): k = \(subspace.dimension) of \(subspace.ambientDimension), "
          + "\(subspace.explainedVariance.shortestText) of the variance", isQuiet: isQuiet)
      return subspace
    }
    try Interruption.check()
    return try analyzing(inputs.joined(separator: " and ")) {
      AngleTables.csv(try principalAngles(subspaces[0], subspaces[1]))
    }
  }
}
